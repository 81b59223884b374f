/**
 * The active currencies of ISO 4217 list one as published for 2026-01-01 (BGN gone, XCG and XAD in), by the places
 * of their minor unit. Pinned, because a bill of last year must read the same next year: a new list is a new release.
 * Codes without a minor unit (XAU, XDR, XXX and their kind) are left out, for nobody is billed in them.
 */
export const isoListOf = '2026-01-01';

const codes = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Codes by the decimal places their smallest unit takes: a yen has no parts, a dinar a thousand. */
export const codesByMinorPlaces: ReadonlyMap<number, readonly string[]> = new Map([
  [0, codes('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF')],
  [
    2,
    codes(`
      AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
      CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
      HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU
      MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR
      SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED
      VES WST XAD XCD XCG YER ZAR ZMW ZWG
    `),
  ],
  [3, codes('BHD IQD JOD KWD LYD OMR TND')],
  [4, codes('CLF UYW')],
]);
