#include "core/crypto/AttestationObject.h"
#include "core/crypto/ClientData.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/WebAuthn.h"
#include "core/crypto/WebAuthnResponse.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::webauthn;

/// Ceremonies that others recorded, and everything that may be wrong with one. webauthn/vectors.json is W3C's (WebAuthn Level 3, "Test
/// Vectors"; extract makes it of the specification's text), chromium.json what Chromium 156 did with a virtual authenticator.
class TestWebAuthn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ceremony_isGood_data() { everyCeremony(); }
    void ceremony_isGood();
    void ceremony_ofAnother_isRefused_data() { everyCeremony(); }
    void ceremony_ofAnother_isRefused();
    void damagedRegistration_isRefused_data() { everyCeremony(); }
    void damagedRegistration_isRefused();
    void damagedAssertion_isRefused_data() { everyCeremony(); }
    void damagedAssertion_isRefused();
    void everyVector_isThere();
    void lyingAuthenticator_isRefused();
    void otherFormats_areBelievedInNothing();
    void frame_isRefused_unlessItsPageIsKnown();
    void clientData_isStrict_data();
    void clientData_isStrict();
    void counter_isASign();

private:
    static void everyCeremony();
    CryptoLibraries m_libraries;
};

namespace {

QJsonObject fixture(const QString &name)
{
    QFile file(QFINDTESTDATA(u"core/crypto/webauthn/%1.json"_s.arg(name)));
    return file.open(QFile::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QByteArray hex(const QJsonValue &value) { return QByteArray::fromHex(value.toString().toLatin1()); }

/// A registration, and a sign-in with what it made.
struct Ceremony
{
    Expectation create;
    Expectation get;
    RegistrationResponse made;
    AssertionResponse used;

    NewCredential credential() const { return verifyRegistration(create, made).value(); }
    bool isTaken(const RegistrationResponse &response) const { return verifyRegistration(create, response).has_value(); }
    KnownCredential known() const
    {
        const NewCredential kept = credential();
        return {.publicKey = kept.publicKey, .isBackupEligible = kept.isBackupEligible};
    }
};

Ceremony ceremonyOf(const QJsonObject &recorded)
{
    const QJsonObject made = recorded["registration"_L1].toObject();
    const QJsonObject used = recorded["authentication"_L1].toObject();
    const QByteArray id = hex(recorded["credentialId"_L1]);
    using enum CoseAlgorithm;
    Expectation expected {.challenge = hex(made["challenge"_L1]),
                          .rpId = recorded["rpId"_L1].toString(),
                          .origins = {recorded["origin"_L1].toString()},
                          .needsVerification = false,
                          .algorithms = {ES256, ES384, ES512, EdDSA, Ed448, RS256}};
    if (recorded["name"_L1].toString().contains("Origin\""_L1))
        expected.topOrigins = {recorded["topOrigin"_L1].toString()};
    Ceremony ceremony {
        .create = expected,
        .get = expected,
        .made = {.id = id, .clientDataJson = hex(made["clientDataJSON"_L1]), .attestationObject = hex(made["attestationObject"_L1])},
        .used = {.id = id,
                 .clientDataJson = hex(used["clientDataJSON"_L1]),
                 .authenticatorData = hex(used["authenticatorData"_L1]),
                 .signature = hex(used["signature"_L1])}};
    ceremony.get.challenge = hex(used["challenge"_L1]);
    return ceremony;
}

QByteArray flipped(QByteArray bytes, qsizetype at, int bit)
{
    bytes[at] = char(bytes[at] ^ bit);
    return bytes;
}

} // namespace

void TestWebAuthn::everyCeremony()
{
    QTest::addColumn<QJsonObject>("recorded");
    for (const QString &by : {u"vectors"_s, u"chromium"_s}) {
        for (const QJsonValue &each : fixture(by)["cases"_L1].toArray())
            QTest::addRow("%s: %s", qPrintable(by), qPrintable(each["name"_L1].toString())) << each.toObject();
    }
}

void TestWebAuthn::everyVector_isThere()
{
    QCOMPARE(fixture(u"vectors"_s)["cases"_L1].toArray().size(), 15);
    QCOMPARE(fixture(u"chromium"_s)["cases"_L1].toArray().size(), 6);
}

void TestWebAuthn::ceremony_isGood()
{
    QFETCH(QJsonObject, recorded);
    const Ceremony ceremony = ceremonyOf(recorded);
    const auto made = verifyRegistration(ceremony.create, ceremony.made);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(made->id, hex(recorded["credentialId"_L1]));
    const QString format = AttestationObject::parse(ceremony.made.attestationObject).value().format;
    const bool isSelf = recorded["name"_L1].toString().contains("Self"_L1);
    QCOMPARE(made->attestation, format == "none"_L1 ? format : isSelf ? u"self"_s : u"unverified:"_s + format);
    const auto used = verifyAssertion(ceremony.get, ceremony.known(), ceremony.used);
    QVERIFY2(used, used ? "" : qPrintable(used.error().detail));
    QVERIFY(!counterWentBack(made->counter, used->counter));
}

void TestWebAuthn::ceremony_ofAnother_isRefused()
{
    QFETCH(QJsonObject, recorded);
    const Ceremony good = ceremonyOf(recorded);
    const auto refusesBoth = [&](const auto &bend) {
        Ceremony bent = good;
        bend(bent.create);
        bend(bent.get);
        return !verifyRegistration(bent.create, good.made) && !verifyAssertion(bent.get, good.known(), good.used);
    };
    const QString origin = good.get.origins.first();
    QVERIFY(refusesBoth([](Expectation &e) { e.challenge = QByteArray(32, 'x'); }));
    QVERIFY(refusesBoth([](Expectation &e) { e.challenge.clear(); }));
    QVERIFY(refusesBoth([](Expectation &e) { e.challenge.chop(1); }));
    QVERIFY(refusesBoth([](Expectation &e) { e.origins.clear(); }));
    QVERIFY(refusesBoth([&](Expectation &e) { e.origins = {origin + u".evil.example"_s, origin.chopped(1), origin.toUpper()}; }));
    QVERIFY(refusesBoth([](Expectation &e) { e.rpId = u"org"_s; }));
    QVERIFY(refusesBoth([](Expectation &e) { e.rpId = u"www."_s + e.rpId; }));

    Expectation crossed = good.get;
    crossed.challenge = good.create.challenge;
    QVERIFY(!verifyAssertion(crossed, good.known(), good.used));
    AssertionResponse used = good.used;
    used.clientDataJson = good.made.clientDataJson;
    QVERIFY(!verifyAssertion(good.create, good.known(), used));
    RegistrationResponse made = good.made;
    made.clientDataJson = good.used.clientDataJson;
    QVERIFY(!verifyRegistration(good.get, made));

    Expectation strict = good.create;
    strict.algorithms = {};
    QVERIFY(!verifyRegistration(strict, good.made));
    const bool verified = (hex(recorded["authentication"_L1]["authenticatorData"_L1])[32] & 4) != 0;
    strict = good.get;
    strict.needsVerification = true;
    QCOMPARE(verifyAssertion(strict, good.known(), good.used).has_value(), verified);
    KnownCredential known = good.known();
    known.isBackupEligible = !known.isBackupEligible;
    QVERIFY(!verifyAssertion(good.get, known, good.used));
    known = good.known();
    known.publicKey = flipped(known.publicKey, known.publicKey.size() - 1, 1);
    QVERIFY(!verifyAssertion(good.get, known, good.used));
}

void TestWebAuthn::damagedRegistration_isRefused()
{
    QFETCH(QJsonObject, recorded);
    const Ceremony good = ceremonyOf(recorded);
    const QByteArray object = good.made.attestationObject;
    const auto isTaken = [&](const QByteArray &damaged) {
        RegistrationResponse response = good.made;
        response.attestationObject = damaged;
        return good.isTaken(response);
    };
    QVERIFY(isTaken(object));
    QVERIFY(!isTaken(object + '\0'));
    for (qsizetype size = 0; size < object.size(); ++size)
        QVERIFY2(!isTaken(object.first(size)), QByteArray::number(size));
    // Of an attestation object nothing is signed but by its own statement: what was ours alone is the credential's id.
    const auto at = object.indexOf(good.made.id);
    QVERIFY(at > 0);
    for (qsizetype i = 0; i < good.made.id.size(); ++i)
        QVERIFY(!isTaken(flipped(object, at + i, 1)));
    if (!recorded["name"_L1].toString().contains("Self"_L1))
        return;
    for (qsizetype i = object.indexOf("authData"_ba) + 10; i < object.size(); ++i)
        QVERIFY2(!isTaken(flipped(object, i, 1)), QByteArray::number(i));
}

void TestWebAuthn::damagedAssertion_isRefused()
{
    QFETCH(QJsonObject, recorded);
    const Ceremony good = ceremonyOf(recorded);
    const KnownCredential known = good.known();
    const auto isTaken = [&](const AssertionResponse &response) { return verifyAssertion(good.get, known, response).has_value(); };
    const auto tryEach = [&](QByteArray AssertionResponse::*member, int bit) {
        const QByteArray bytes = good.used.*member;
        AssertionResponse response = good.used;
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            response.*member = flipped(bytes, i, bit);
            if (isTaken(response))
                return false;
            response.*member = bytes.first(i);
            if (isTaken(response))
                return false;
        }
        response.*member = bytes + '\0';
        return !isTaken(response);
    };
    QVERIFY(isTaken(good.used));
    QVERIFY(tryEach(&AssertionResponse::authenticatorData, 1));
    QVERIFY(tryEach(&AssertionResponse::signature, 4));
    QVERIFY(tryEach(&AssertionResponse::clientDataJson, 2));
}

/// What Chromium delivers when its authenticator is told to lie about a signature.
void TestWebAuthn::lyingAuthenticator_isRefused()
{
    const QJsonObject all = fixture(u"chromium"_s);
    const Ceremony good = ceremonyOf(all["cases"_L1][0].toObject());
    const QJsonValue bogus = all["bogus"_L1];
    AssertionResponse lie = good.used;
    lie.clientDataJson = hex(bogus["clientDataJSON"_L1]);
    lie.authenticatorData = hex(bogus["authenticatorData"_L1]);
    lie.signature = hex(bogus["signature"_L1]);
    const auto used = verifyAssertion(good.get, good.known(), lie);
    QVERIFY(!used);
    QCOMPARE(used.error().detail, u"a bad signature"_s);
}

/// A statement by a certificate is good or not: we cannot know, and say so.
void TestWebAuthn::otherFormats_areBelievedInNothing()
{
    for (const QJsonValue &each : fixture(u"vectors"_s)["cases"_L1].toArray()) {
        Ceremony ceremony = ceremonyOf(each.toObject());
        const QString before = ceremony.credential().attestation;
        if (!before.startsWith("unverified:"_L1))
            continue;
        QByteArray &object = ceremony.made.attestationObject;
        object = flipped(object, object.indexOf("sig"_ba) > 0 ? object.indexOf("sig"_ba) + 20 : object.indexOf("x5c"_ba) + 20, 1);
        QCOMPARE(ceremony.credential().attestation, before);
    }
    Ceremony none = ceremonyOf(fixture(u"vectors"_s)["cases"_L1][0].toObject());
    none.made.attestationObject.replace("\x67"_ba + "attStmt\xa0"_ba, "\x67"_ba + "attStmt\xa1\x01\x01"_ba);
    QVERIFY(!verifyRegistration(none.create, none.made));
}

void TestWebAuthn::frame_isRefused_unlessItsPageIsKnown()
{
    int frames = 0;
    for (const QJsonValue &each : fixture(u"vectors"_s)["cases"_L1].toArray()) {
        Ceremony ceremony = ceremonyOf(each.toObject());
        if (ceremony.create.topOrigins.isEmpty())
            continue;
        ++frames;
        const KnownCredential known = ceremony.known();
        ceremony.create.topOrigins.clear();
        ceremony.get.topOrigins.clear();
        QVERIFY(!verifyRegistration(ceremony.create, ceremony.made));
        QVERIFY(!verifyAssertion(ceremony.get, known, ceremony.used));
    }
    QCOMPARE(frames, 2);
}

void TestWebAuthn::clientData_isStrict_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("good");
    const auto with = [](const QByteArray &more) {
        return R"({"type":"webauthn.get","challenge":"AAAAAAAAAAAAAAAAAAAAAA","origin":"https://a.example")" + more + "}";
    };
    QTest::newRow("plain") << with({}) << true;
    QTest::newRow("a member that nobody knows") << with(R"(,"other_keys_can_be_added_here":"x")") << true;
    QTest::newRow("not in a frame") << with(R"(,"crossOrigin":false)") << true;
    QTest::newRow("type twice") << with(R"(,"type":"webauthn.create")") << false;
    QTest::newRow("a text for crossOrigin") << with(R"(,"crossOrigin":"false")") << false;
    QTest::newRow("null for topOrigin") << with(R"(,"topOrigin":null)") << false;
    QTest::newRow("a lone surrogate") << with(R"(,"x":"\ud800")") << false;
    QTest::newRow("a byte order mark") << "\xef\xbb\xbf" + with({}) << false;
    QTest::newRow("something behind") << with({}) + "{}" << false;
    QTest::newRow("a short challenge") << R"({"type":"webauthn.get","challenge":"AAAA","origin":"https://a.example"})"_ba << false;
    QTest::newRow("a padded challenge") << R"({"type":"t","challenge":"AAAAAAAAAAAAAAAAAAAAAA==","origin":"https://a.example"})"_ba
                                        << false;
    QTest::newRow("no origin") << R"({"type":"webauthn.get","challenge":"AAAAAAAAAAAAAAAAAAAAAA"})"_ba << false;
    QTest::newRow("an array") << "[]"_ba << false;
    QTest::newRow("nothing") << ""_ba << false;
    QTest::newRow("nested deeply") << with(R"(,"x":)" + QByteArray(20, '[') + QByteArray(20, ']')) << false;
    QTest::newRow("of the longest") << with(R"(,"x":")" + QByteArray(ClientData::longest - with(R"(,"x":"")").size(), 'x') + '"') << true;
    QTest::newRow("too long") << with(R"(,"x":")" + QByteArray(ClientData::longest, 'x') + '"') << false;
}

void TestWebAuthn::clientData_isStrict()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, good);
    QCOMPARE(ClientData::parse(json).has_value(), good);
}

void TestWebAuthn::counter_isASign()
{
    QVERIFY(!counterWentBack(0, 0)); // does not count
    QVERIFY(!counterWentBack(0, 1));
    QVERIFY(!counterWentBack(7, 8));
    QVERIFY(!counterWentBack(7, 4'000'000'000));
    QVERIFY(counterWentBack(7, 7));
    QVERIFY(counterWentBack(7, 6));
    QVERIFY(counterWentBack(7, 0));
}

QTEST_GUILESS_MAIN(TestWebAuthn)
#include "TestWebAuthn.moc"
