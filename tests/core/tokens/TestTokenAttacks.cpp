#include "core/base/Bytes.h"
#include "core/crypto/Jwt.h"
#include "core/crypto/OpenSsl.h"
#include "tests/support/Algorithms.h"
#include "tests/support/Tokens.h"
#include "tests/support/World.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <openssl/pem.h>

#include <functional>
#include <map>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Makes a hostile token from a good one.
using Attack = std::function<QByteArray(World &world, const QByteArray &good)>;

namespace {

using Row = std::pair<QByteArray, Attack>;

QByteArray part(const QByteArray &json) { return toBase64Url(json); }
QByteArray textOf(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }
QByteArray header(const QByteArray &token) { return textOf(parseJwt(token).value().header); }
QByteArray payload(const QByteArray &token) { return textOf(claimsOf(token)); }
QByteArray signature(const QByteArray &token) { return token.sliced(token.lastIndexOf('.') + 1); }

/// Signed by the server's own key, whatever the parts are: only what they say is wrong.
QByteArray genuineParts(World &world, const QByteArray &first, const QByteArray &second)
{
    const auto ring = world.keys.ring();
    const QByteArray signedPart = first + '.' + second;
    return signedPart + '.' + toBase64Url(keyOf(ring).material->sign(signedPart));
}

QByteArray genuineRaw(World &world, const QByteArray &head, const QByteArray &claims)
{
    return genuineParts(world, part(head), part(claims));
}

QJsonObject changed(QJsonObject object, const QString &member, const QJsonValue &value)
{
    if (value.isUndefined())
        object.remove(member);
    else
        object.insert(member, value);
    return object;
}

Row claim(const char *name, const QString &member, const QJsonValue &value)
{
    return {name, [member, value](World &world, const QByteArray &good) {
                return genuineRaw(world, header(good), textOf(changed(claimsOf(good), member, value)));
            }};
}

Row heading(const QByteArray &name, const QString &member, const QJsonValue &value)
{
    return {name, [member, value](World &world, const QByteArray &good) {
                return genuineRaw(world, textOf(changed(parseJwt(good).value().header, member, value)), payload(good));
            }};
}

/// Our claims under our kid, or another, by somebody's key.
QByteArray by(const KeyMaterial &key, const QByteArray &good, const QString &kid = {})
{
    const QString ours = parseJwt(good).value().header.value("kid"_L1).toString();
    return signJwt(jwtType::accessToken, claimsOf(good), kid.isEmpty() ? ours : kid, key);
}

/// The forms in which everybody knows the public key.
constexpr qsizetype publicForms = 6;
QList<QByteArray> formsOf(const KeyMaterial &material)
{
    const SecretBytes bytes = material.toPrivate();
    auto at = reinterpret_cast<const unsigned char *>(bytes.view().data());
    const openssl::Key key(d2i_AutoPrivateKey(nullptr, &at, bytes.view().size()));
    const openssl::Bio pem(BIO_new(BIO_s_mem()));
    const openssl::Bio der(BIO_new(BIO_s_mem()));
    PEM_write_bio_PUBKEY(pem.get(), key.get());
    i2d_PUBKEY_bio(der.get(), key.get());
    const QJsonObject jwk = *material.publicJwk();
    const QByteArray number = jwk.value(jwk.contains("n"_L1) ? "n"_L1 : "x"_L1).toString().toLatin1();
    return {openssl::writtenTo(pem), openssl::writtenTo(pem).trimmed(), openssl::writtenTo(der), textOf(jwk), number,
            *fromBase64Url(number)};
}

/// What a header can say of its algorithm but the truth.
QList<Row> algorithmRows(SignatureAlgorithm algorithm)
{
    QStringList names {u"none"_s,  u"None"_s,  u"NONE"_s,  u"nOnE"_s,  u""_s,      u"ES384"_s, u"ES512"_s, u"ES256K"_s,   u"Ed25519"_s,
                       u"Ed448"_s, u"RS384"_s, u"RS512"_s, u"PS256"_s, u"PS384"_s, u"HS384"_s, u"HS512"_s, u"RSA-OAEP"_s, u"dir"_s};
    for (const SignatureAlgorithm each : everyAlgorithm()) {
        names += nameOf(each);
        names += nameOf(each).toLower();
        names += nameOf(each) + u' ';
    }
    names.removeDuplicates();
    names.removeOne(nameOf(algorithm));
    QList<Row> rows;
    for (const QString &name : names) {
        rows += heading("alg '" + name.toLatin1() + "', still signed", u"alg"_s, name);
        rows.emplaceBack("alg '" + name.toLatin1() + "', no signature", [name](World &world, const QByteArray &good) {
            const QByteArray bent = genuineRaw(world, textOf(changed(parseJwt(good).value().header, u"alg"_s, name)), payload(good));
            return bent.first(bent.lastIndexOf('.') + 1);
        });
    }
    for (const SignatureAlgorithm other : everyAlgorithm()) {
        rows.emplaceBack("by another's key of " + nameOf(other).toLatin1(), [other](World &, const QByteArray &good) {
            static std::map<SignatureAlgorithm, std::shared_ptr<const KeyMaterial>> keys;
            if (!keys.contains(other))
                keys[other] = KeyMaterial::generate(other).value();
            return by(*keys[other], good);
        });
    }
    return rows;
}

QList<Row> headerRows()
{
    const QJsonValue none(QJsonValue::Undefined);
    QList<Row> rows {
        heading("alg is a number", u"alg"_s, 1),
        heading("alg is a list", u"alg"_s, QJsonArray {u"ES256"_s}),
        heading("no alg", u"alg"_s, none),
        heading("foreign kid", u"kid"_s, u"somebody-elses"_s),
        heading("empty kid", u"kid"_s, u""_s),
        heading("no kid", u"kid"_s, none),
        heading("kid is an array", u"kid"_s, QJsonArray {u"x"_s}),
        heading("no typ", u"typ"_s, none),
        heading("typ is a number", u"typ"_s, 1),
        heading("crit", u"crit"_s, QJsonArray {u"exp"_s}),
        heading("crit of what is no extension", u"crit"_s, QJsonArray {u"alg"_s}),
        heading("empty crit", u"crit"_s, QJsonArray()),
        heading("crit is null", u"crit"_s, QJsonValue::Null),
        heading("b64 is false", u"b64"_s, false),
        heading("a header of 9 KiB", u"x"_s, QString(9 * 1024, u'x')),
        {"300 names in the header",
         [](World &world, const QByteArray &good) {
             QByteArray more;
             for (int i = 0; i < 300; ++i)
                 more += "\"n" + QByteArray::number(i) + "\":0,";
             return genuineRaw(world, '{' + more + header(good).sliced(1), payload(good));
         }},
        {"b64 is false, and critical",
         [](World &world, const QByteArray &good) {
             return genuineRaw(world, "{\"b64\":false,\"crit\":[\"b64\"]," + header(good).sliced(1), payload(good));
         }},
        {"the claims as they are, with b64",
         [](World &world, const QByteArray &good) {
             return genuineParts(world, part("{\"b64\":false,\"crit\":[\"b64\"]," + header(good).sliced(1)), payload(good));
         }},
    };
    for (const char *type :
         {"JWT", "refresh", "rt+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt", "id_token", "token-introspection+jwt", "JOSE", "JOSE+JSON",
          "oauth-authz-req+jwt", "client-authentication+jwt", "vc+sd-jwt", "at+jwt ", "at-jwt", "at+jwt;v=2", ""})
        rows += heading("typ '" + QByteArray(type) + '\'', u"typ"_s, QString::fromLatin1(type));
    for (const char *twice : {R"("alg":"none",)", R"("kid":"none",)", R"("typ":"none",)", R"("x":1,"x":1,)"}) {
        rows.emplaceBack("twice in the header: " + QByteArray(twice), [twice](World &world, const QByteArray &good) {
            return genuineRaw(world, '{' + QByteArray(twice) + header(good).sliced(1), payload(good));
        });
    }
    rows.emplaceBack("twice in the header, once with an escape", [](World &world, const QByteArray &good) {
        return genuineRaw(world, "{\"\\u0061lg\":\"none\"," + header(good).sliced(1), payload(good));
    });
    return rows;
}

QList<Row> keyRows(SignatureAlgorithm algorithm)
{
    QList<Row> rows {
        {"its own key in the header",
         [algorithm](World &, const QByteArray &good) {
             const auto mine =
                 KeyMaterial::generate(algorithm == SignatureAlgorithm::HS256 ? SignatureAlgorithm::ES256 : algorithm).value();
             QJsonObject head = changed(parseJwt(good).value().header, u"jwk"_s, *mine->publicJwk());
             const QByteArray signedPart = part(textOf(changed(head, u"alg"_s, nameOf(mine->algorithm())))) + '.' + part(payload(good));
             return signedPart + '.' + toBase64Url(mine->sign(signedPart));
         }},
        {"a refresh token", [](World &world, const QByteArray &) { return world.refreshTokens.issue(Id::create(world.clock.now()), 0); }},
    };
    for (const KeyPurpose purpose : signingPurposes) {
        if (purpose == KeyPurpose::Access)
            continue;
        const QByteArray what = "purpose " + nameOf(purpose).toLatin1() + ": ";
        rows.emplaceBack(what + "kid and key", [purpose](World &world, const QByteArray &good) {
            const auto ring = world.keys.ring();
            return by(*ring->current(purpose).material, good, ring->current(purpose).kid);
        });
        rows.emplaceBack(what + "kid", [purpose](World &world, const QByteArray &good) {
            const auto ring = world.keys.ring();
            return by(*keyOf(ring).material, good, ring->current(purpose).kid);
        });
        rows.emplaceBack(what + "key", [purpose](World &world, const QByteArray &good) {
            return by(*world.keys.ring()->current(purpose).material, good);
        });
    }
    if (algorithm == SignatureAlgorithm::HS256)
        return rows;
    rows.emplaceBack("kid of the standby", [](World &world, const QByteArray &good) {
        const auto ring = world.keys.ring();
        return by(*keyOf(ring).material, good, std::ranges::find(ring->keys, KeyState::Standby, &SigningKey::state)->kid);
    });
    for (qsizetype form = 0; form < publicForms; ++form) {
        rows.emplaceBack("HS256 with the public key for a secret, form " + QByteArray::number(form),
                         [form](World &world, const QByteArray &good) {
                             const QByteArray secret = formsOf(*keyOf(world.keys.ring()).material).at(form);
                             return by(*KeyMaterial::fromPrivate(SignatureAlgorithm::HS256, SecretBytes(secret)).value(), good);
                         });
    }
    return rows;
}

/// The same bytes in another spelling, and other texts around them.
QList<Row> spellingRows()
{
    const auto inSignature = [](const QByteArray &name, const QByteArray &what) {
        return Row {name, [what](World &, const QByteArray &good) {
                        QByteArray bent = good;
                        return bent.insert(bent.size() - 20, what);
                    }};
    };
    QList<Row> rows {
        inSignature("a blank in the signature", " "),
        inSignature("a line end in the signature", "\r\n"),
        inSignature("a tab in the signature", "\t"),
        inSignature("NUL in the signature", QByteArray(1, '\0')),
        inSignature("padding in the signature", "="),
        inSignature("a percent code in the signature", "%41"),
        inSignature("two bytes of UTF-8 in the signature", "\xc3\xa4"),
        {"padded", [](World &, const QByteArray &good) { return good + '='; }},
        {"padded twice", [](World &, const QByteArray &good) { return good + "=="; }},
        {"padded twice, as percent codes", [](World &, const QByteArray &good) { return good + "%3D%3D"; }},
        {"the standard alphabet",
         [](World &world, const QByteArray &good) {
             const QByteArray claims = textOf(changed(claimsOf(good), u"x"_s, u">>>>>?????"_s)); // has both letters, wherever it stands
             return genuineParts(world, part(header(good)), part(claims).replace('-', '+').replace('_', '/'));
         }},
        {"line break behind it", [](World &, const QByteArray &good) { return good + '\n'; }},
        {"blank before it", [](World &, const QByteArray &good) { return ' ' + good; }},
        {"NUL behind it", [](World &, const QByteArray &good) { return good + '\0'; }},
        {"a dot behind it", [](World &, const QByteArray &good) { return good + '.'; }},
        {"no signature", [](World &, const QByteArray &good) { return good.first(good.lastIndexOf('.') + 1); }},
        {"two parts", [](World &, const QByteArray &good) { return good.first(good.lastIndexOf('.')); }},
        {"four parts", [](World &, const QByteArray &good) { return good + ".e30"; }},
        {"empty", [](World &, const QByteArray &) { return QByteArray(); }},
        {"dots", [](World &, const QByteArray &) { return QByteArray(".."); }},
        {"a megabyte", [](World &, const QByteArray &good) { return good + QByteArray(1'000'000, 'A'); }},
        {"JSON serialisation (RFC 7515 7.2)",
         [](World &, const QByteArray &good) {
             return R"({"protected":")" + good.first(good.indexOf('.')) + R"(","payload":")" + part(payload(good)) + R"(","signature":")"
                    + signature(good) + "\"}";
         }},
    };
    return rows;
}

/// Each bit of a part's last letter that no byte has, set: so signed, or so spelled.
QList<Row> strayBitRows()
{
    static const QByteArray letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const auto stray = [](QByteArray text) {
        text.back() = letters[letters.indexOf(text.back()) | 1];
        return text;
    };
    /// A member that makes the text so long that its last letter has bits to spare.
    const auto ofOddSize = [](QJsonObject object) {
        for (QString filler; textOf(object).size() % 3 != 1; filler += u'x')
            object.insert(u"x"_s, filler);
        return textOf(object);
    };
    return {
        {"stray bits in the header",
         [=](World &world, const QByteArray &good) {
             return genuineParts(world, stray(part(ofOddSize(parseJwt(good).value().header))), part(payload(good)));
         }},
        {"stray bits in the claims",
         [=](World &world, const QByteArray &good) {
             return genuineParts(world, part(header(good)), stray(part(ofOddSize(claimsOf(good)))));
         }},
        {"stray bits, or other ones, in the signature",
         [=](World &, const QByteArray &good) {
             QByteArray bent = good; // where no bit is to spare, which depends on its size, it is another signature
             bent.back() = letters[letters.indexOf(bent.back()) ^ 1];
             return bent;
         }},
    };
}

QList<Row> payloadRows()
{
    return {
        {"changed payload",
         [](World &, const QByteArray &good) {
             return good.first(good.indexOf('.') + 1) + part(textOf(changed(claimsOf(good), u"roles"_s, QJsonArray {u"root"_s}))) + '.'
                    + signature(good);
         }},
        {"duplicate member in the claims",
         [](World &world, const QByteArray &good) { return genuineRaw(world, header(good), "{\"sub\":\"x\"," + payload(good).sliced(1)); }},
        {"duplicate member spelled with an escape",
         [](World &world, const QByteArray &good) {
             return genuineRaw(world, header(good), "{\"s\\u0075b\":\"x\"," + payload(good).sliced(1));
         }},
        {"claims are an array",
         [](World &world, const QByteArray &good) { return genuineRaw(world, header(good), '[' + payload(good) + ']'); }},
        {"claims are no JSON", [](World &world, const QByteArray &good) { return genuineRaw(world, header(good), "{\"sub\":"); }},
        {"rubbish behind the claims",
         [](World &world, const QByteArray &good) { return genuineRaw(world, header(good), payload(good) + "x"); }},
        {"no claims at all", [](World &world, const QByteArray &good) { return genuineRaw(world, header(good), {}); }},
        {"a token in the token", [](World &world, const QByteArray &good) { return genuineRaw(world, header(good), good); }},
        {"deep nesting",
         [](World &world, const QByteArray &good) {
             return genuineRaw(world, header(good), "{\"a\":" + QByteArray(2000, '[') + QByteArray(2000, ']') + '}');
         }},
    };
}

QList<Row> claimRows()
{
    const QJsonValue none(QJsonValue::Undefined);
    return {
        claim("another issuer", u"iss"_s, u"http://localhost:8001"_s),
        claim("issuer with a slash more", u"iss"_s, u"http://localhost:8000/"_s),
        claim("no issuer", u"iss"_s, none),
        claim("issuer is an array", u"iss"_s, QJsonArray {u"http://localhost:8000"_s}),
        claim("another audience", u"aud"_s, u"warden"_s),
        claim("audience among others", u"aud"_s, QJsonArray {u"warder"_s, u"other"_s}),
        claim("no audience", u"aud"_s, none),
        claim("sub is a number", u"sub"_s, 7),
        claim("sub is no id", u"sub"_s, u"ann"_s),
        claim("sub in braces", u"sub"_s, u"{0193a5f0-0000-7000-8000-00000000000}"_s),
        claim("no sub", u"sub"_s, none),
        claim("no sid", u"sid"_s, none),
        claim("sid is null", u"sid"_s, QJsonValue::Null),
        claim("no exp", u"exp"_s, none),
        claim("exp is a text", u"exp"_s, u"99999999999"_s),
        claim("exp is negative", u"exp"_s, -1),
        claim("exp is beyond all time", u"exp"_s, 1e300),
        claim("no iat", u"iat"_s, none),
        claim("no nbf", u"nbf"_s, none),
        claim("nbf is true", u"nbf"_s, true),
        claim("roles are a text", u"roles"_s, u"admin"_s),
        claim("a role is a number", u"roles"_s, QJsonArray {1}),
        claim("no roles", u"roles"_s, none),
        claim("e-mail is a number", u"email"_s, 1),
    };
}

} // namespace

/// Tokens that somebody bent, most of them signed by the server's own key, under every algorithm: all of them refused (RFC 8725).
class TestTokenAttacks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void attack_isRefused_data();
    void attack_isRefused();

private:
    struct Place
    {
        QTemporaryDir folder;
        std::unique_ptr<World> world;
    };
    World &worldOf(SignatureAlgorithm algorithm); ///< Made once: an RSA key takes long.

    FakeClock m_clock;
    std::map<SignatureAlgorithm, Place> m_places;
};

World &TestTokenAttacks::worldOf(SignatureAlgorithm algorithm)
{
    Place &place = m_places[algorithm];
    if (!place.world)
        place.world = std::make_unique<World>(place.folder.path(), m_clock,
                                              CorePolicies {.hashing = quickHashing, .tokens = {.algorithm = algorithm}});
    return *place.world;
}

void TestTokenAttacks::attack_isRefused_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    QTest::addColumn<Attack>("attack");
    for (const SignatureAlgorithm algorithm : everyAlgorithm()) {
        for (const auto &[name, attack] :
             algorithmRows(algorithm) + headerRows() + keyRows(algorithm) + spellingRows() + strayBitRows() + payloadRows() + claimRows())
            QTest::addRow("%s: %s", qPrintable(nameOf(algorithm)), name.constData()) << algorithm << attack;
    }
}

void TestTokenAttacks::attack_isRefused()
{
    QFETCH(SignatureAlgorithm, algorithm);
    QFETCH(Attack, attack);
    World &world = worldOf(algorithm);
    const User ann {.id = Id::create(m_clock.now()), .email = u"ann@example.com"_s, .name = u"Ann"_s, .roles = {u"admin"_s}};
    const TokenSession session {.id = Id::create(m_clock.now()), .expiresAt = m_clock.now() + std::chrono::days {1}};
    const QByteArray good = world.issuer.issue(ann, session, m_clock.now()).token;
    const QByteArray again = genuineRaw(world, header(good), payload(good));
    QVERIFY(world.verifier.verify(good, m_clock.now()));  // so that the cache knows it
    QVERIFY(world.verifier.verify(again, m_clock.now())); // and what attacks are made with makes good ones
    const QByteArray hostile = attack(world, good);
    for (int i = 0; i < 2; ++i) { // a refusal is not cached into a yes
        const auto verdict = world.verifier.verify(hostile, m_clock.now());
        QVERIFY(!verdict);
        QCOMPARE(verdict.error().code, ErrorCode::InvalidToken);
        QVERIFY(!verdict.error().detail.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestTokenAttacks)
#include "TestTokenAttacks.moc"
