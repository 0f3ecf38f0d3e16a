#pragma once

#include <QJsonObject>
#include <QString>

/// Published keys and signed texts that several tests of this room read.
namespace warder::vectors {

using namespace Qt::StringLiterals;

/// RFC 7515 appendix A.1 to A.3: the same claims, three algorithms.
inline const QByteArray rfc7515Claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"_ba;

inline const QByteArray rfc7515Hs256Secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"_ba;

inline const QJsonObject rfc7515Rs256Key {
    {u"kty"_s, u"RSA"_s},
    {u"alg"_s, u"RS256"_s},
    {u"n"_s, u"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_"
             "YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxv"
             "b3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"_s},
    {u"e"_s, u"AQAB"_s},
};

inline const QJsonObject rfc7515Es256Key {
    {u"kty"_s, u"EC"_s},
    {u"crv"_s, u"P-256"_s},
    {u"alg"_s, u"ES256"_s},
    {u"x"_s, u"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"_s},
    {u"y"_s, u"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"_s},
};

/// RFC 7638 §3.1.
inline const QJsonObject rfc7638Key {
    {u"kty"_s, u"RSA"_s},
    {u"alg"_s, u"RS256"_s},
    {u"n"_s, u"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64t"
             "Z_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbIS"
             "D08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"_s},
    {u"e"_s, u"AQAB"_s},
};

/// RFC 8037 appendix A.
inline const QJsonObject rfc8037Key {
    {u"kty"_s, u"OKP"_s},
    {u"crv"_s, u"Ed25519"_s},
    {u"alg"_s, u"EdDSA"_s},
    {u"x"_s, u"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"_s},
};
inline const QByteArray rfc8037Seed = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"_ba;

} // namespace warder::vectors
