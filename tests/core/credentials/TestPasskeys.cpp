#include "core/audit/AuditStore.h"
#include "core/credentials/Passkeys.h"
#include "core/crypto/WebAuthnResponse.h"
#include "core/signin/PasskeySignIn.h"
#include "core/storage/Database.h"
#include "tests/support/SoftAuthenticator.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <atomic>
#include <dlfcn.h>
#include <openssl/evp.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

static std::atomic<int> signaturesChecked {0};

/// Stands before OpenSSL's: what a refusal costs is counted, not timed.
extern "C" int EVP_DigestVerify(EVP_MD_CTX *context, const unsigned char *signature, size_t size, const unsigned char *message,
                                size_t length)
{
    using Verify = int (*)(EVP_MD_CTX *, const unsigned char *, size_t, const unsigned char *, size_t);
    static const auto real = reinterpret_cast<Verify>(dlsym(RTLD_NEXT, "EVP_DigestVerify"));
    ++signaturesChecked;
    return real(context, signature, size, message, length);
}

class TestPasskeys : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void otherHost_orphansPasskeys();
    void orphan_isNoWayIn();
    void proof_isForItsCeremony();
    void secondFactor_belongsToItsSignIn();
    void secondFactor_wantsNoVerification();
    void removedMeanwhile_isRefused();
    void twoCopiesAtOnce_areSeen();
    void unknownPasskey_costsWhatABadSignatureCosts();
    void removalOfTheAccount_takesAll();

private:
    Passkeys &passkeys() { return m_world->core->passkeys; }
    QJsonObject optionsOf(const PasskeyOptions &options) const
    {
        return {{u"challenge"_s, QString::fromLatin1(options.challenge)},
                {u"rpId"_s, options.rpId},
                {u"rp"_s, QJsonObject {{u"id"_s, options.rpId}}},
                {u"user"_s, QJsonObject {{u"id"_s, QString::fromLatin1(options.userHandle.toBase64(QByteArray::Base64UrlEncoding))}}}};
    }
    Result<Passkey> add(SoftAuthenticator &phone, const User &user, const QString &origin = u"http://localhost:3000"_s)
    {
        const PasskeyCeremony ceremony {.purpose = ChallengePurpose::PasskeyRegistration, .user = user.id};
        const auto options = passkeys().begin(ceremony, m_clock.now());
        const auto response = RegistrationResponse::fromJson(phone.create(optionsOf(options.value()), origin));
        return passkeys().add(ceremony, response.value(), u"Phone"_s, m_clock.now());
    }
    AssertionResponse answer(SoftAuthenticator &phone, const PasskeyCeremony &ceremony)
    {
        return AssertionResponse::fromJson(phone.get(optionsOf(passkeys().begin(ceremony, m_clock.now()).value()))).value();
    }
    Result<void> noteUse(const ProvenPasskey &proven)
    {
        return m_world->database->write(
            [&](Transaction &transaction) { return passkeys().noteUse(transaction, proven, u"192.0.2.7"_s, m_clock.now()); });
    }
};

static const PasskeyCeremony withoutName {.purpose = ChallengePurpose::PasskeyLogin};

static CorePolicies on(const QString &rpId, const QString &origin)
{
    CorePolicies policies = quickPolicies;
    policies.passkeys.rpId = rpId;
    policies.passkeys.origins = {origin};
    return policies;
}

void TestPasskeys::otherHost_orphansPasskeys()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    SoftAuthenticator phone;
    QVERIFY(add(phone, ann));
    QVERIFY(passkeys().orphans().value().isEmpty());
    const QString origin = u"https://example.com"_s;
    reopen(on(u"example.com"_s, origin));
    QCOMPARE(passkeys().findByUser(ann.id).value().size(), 1);
    QVERIFY(!passkeys().isUsable(passkeys().findByUser(ann.id).value().first()));
    QVERIFY(passkeys().begin({.purpose = ChallengePurpose::PasskeySecondFactor, .user = ann.id}, m_clock.now()).value().passkeys.isEmpty());
    const auto options = passkeys().begin(withoutName, m_clock.now());
    const auto response = AssertionResponse::fromJson(phone.get(optionsOf(*options), origin));
    QCOMPARE(passkeys().prove(withoutName, *response, m_clock.now()).error().code, ErrorCode::InvalidCredentials);
    SoftAuthenticator next;
    QVERIFY(add(next, ann, origin));
    QCOMPARE(next.userHandle, phone.userHandle);
    const auto orphans = passkeys().orphans().value();
    QCOMPARE(orphans.size(), 1);
    QCOMPARE(orphans.first().rpId, u"localhost"_s);
    QCOMPARE(orphans.first().passkeys, 1);
    QCOMPARE(orphans.first().users, 1);
    reopen(); // set back
    QVERIFY(passkeys().prove(withoutName, answer(phone, withoutName), m_clock.now()));
}

void TestPasskeys::orphan_isNoWayIn()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    SoftAuthenticator old;
    const auto orphan = add(old, ann);
    const QString origin = u"https://example.com"_s;
    reopen(on(u"example.com"_s, origin));
    SoftAuthenticator phone;
    const auto works = add(phone, ann, origin);
    QVERIFY(m_world->database->write([&](Transaction &transaction) {
        return transaction.connection().perform(u"DELETE FROM credentials WHERE user_id = ?"_s, {bound(ann.id)});
    }));
    QCOMPARE(m_world->factors.removePasskey(ann.id, works->id, std::nullopt, m_clock.now()).error().code, ErrorCode::LastSignInMethod);
    QVERIFY(m_world->factors.removePasskey(ann.id, orphan->id, std::nullopt, m_clock.now()));
}

void TestPasskeys::proof_isForItsCeremony()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const User bob = m_world->add(u"bob@example.com"_s);
    SoftAuthenticator phone;
    QVERIFY(add(phone, ann));
    const PasskeyCeremony anns {.purpose = ChallengePurpose::PasskeySecondFactor, .user = ann.id, .signIn = "1"};
    const PasskeyCeremony bobs {.purpose = ChallengePurpose::PasskeySecondFactor, .user = bob.id, .signIn = "1"};
    const auto codeOf = [this](const PasskeyCeremony &ceremony, const AssertionResponse &response) {
        const auto proven = passkeys().prove(ceremony, response, m_clock.now());
        return proven ? QString() : QString(nameOf(proven.error().code));
    };
    QCOMPARE(codeOf(anns, answer(phone, anns)), QString());
    QCOMPARE(codeOf(withoutName, answer(phone, anns)), u"invalid_token"_s);
    QCOMPARE(codeOf(anns, answer(phone, withoutName)), u"invalid_token"_s);
    QCOMPARE(codeOf(bobs, answer(phone, anns)), u"invalid_token"_s);
    QCOMPARE(codeOf(bobs, answer(phone, bobs)), u"invalid_credentials"_s); // the passkey is Ann's
    phone.userHandle.clear();
    QCOMPARE(codeOf(anns, answer(phone, anns)), QString()); // who is known already need not be named
    phone.userHandle = "somebody";
    QCOMPARE(codeOf(anns, answer(phone, anns)), u"invalid_credentials"_s);
}

void TestPasskeys::secondFactor_belongsToItsSignIn()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    SoftAuthenticator phone;
    QVERIFY(add(phone, ann));
    const PasskeyCeremony one {.purpose = ChallengePurpose::PasskeySecondFactor, .user = ann.id, .signIn = "1"};
    const PasskeyCeremony two {.purpose = ChallengePurpose::PasskeySecondFactor, .user = ann.id, .signIn = "2"};
    QVERIFY(!passkeys().prove(two, answer(phone, one), m_clock.now()));
    QVERIFY(passkeys().prove(two, answer(phone, two), m_clock.now()));
}

void TestPasskeys::secondFactor_wantsNoVerification()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    SoftAuthenticator key;
    QVERIFY(add(key, ann));
    key.flags &= ~0x04;
    const PasskeyCeremony second {.purpose = ChallengePurpose::PasskeySecondFactor, .user = ann.id, .signIn = "1"};
    QVERIFY(!passkeys().begin(second, m_clock.now())->needsVerification);
    const auto proven = passkeys().prove(second, answer(key, second), m_clock.now());
    QVERIFY(proven && !proven->isVerified);
    for (const auto purpose : {ChallengePurpose::PasskeyLogin, ChallengePurpose::Reauthentication}) {
        const PasskeyCeremony alone {.purpose = purpose, .user = ann.id};
        QVERIFY(passkeys().begin(alone, m_clock.now())->needsVerification);
        QVERIFY(!passkeys().prove(alone, answer(key, alone), m_clock.now()));
    }
}

void TestPasskeys::removedMeanwhile_isRefused()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    SoftAuthenticator phone;
    const auto added = add(phone, ann);
    const auto proven = passkeys().prove(withoutName, answer(phone, withoutName), m_clock.now());
    QVERIFY(proven && m_world->factors.removePasskey(ann.id, added->id, std::nullopt, m_clock.now()));
    QCOMPARE(noteUse(*proven).error().code, ErrorCode::InvalidCredentials);
}

/// Each looked at the same counter when it was proven.
void TestPasskeys::twoCopiesAtOnce_areSeen()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    SoftAuthenticator key;
    key.counter = 5;
    QVERIFY(add(key, ann));
    SoftAuthenticator copy = key;
    const auto one = passkeys().prove(withoutName, answer(key, withoutName), m_clock.now());
    const auto two = passkeys().prove(withoutName, answer(copy, withoutName), m_clock.now());
    QVERIFY(one && two && one->counter == two->counter);
    QVERIFY(noteUse(*one));
    QVERIFY(!passkeys().findByUser(ann.id).value().first().clonedAt);
    QVERIFY(noteUse(*two));
    QCOMPARE(passkeys().findByUser(ann.id).value().first().clonedAt, m_clock.now());
    const auto told = AuditStore::newest(m_world->database->reader(), ann.id, audit::passkeyCounterBack, 10).value();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.first().address, u"192.0.2.7"_s);
}

void TestPasskeys::unknownPasskey_costsWhatABadSignatureCosts()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    SoftAuthenticator phone;
    QVERIFY(add(phone, ann));
    const auto costOf = [this](AssertionResponse response) {
        signaturesChecked = 0;
        const auto pair = m_world->core->passkeySignIn.finish(response, m_world->client, m_clock.now());
        return !pair && pair.error().code == ErrorCode::InvalidCredentials ? signaturesChecked.load() : -1;
    };
    AssertionResponse bad = answer(phone, withoutName);
    bad.signature = "x";
    QCOMPARE(costOf(bad), 1);
    AssertionResponse unknown = answer(phone, withoutName);
    unknown.id = "unknown";
    QCOMPARE(costOf(unknown), 1);
    AssertionResponse another = answer(phone, withoutName);
    another.userHandle = "another";
    QCOMPARE(costOf(another), 1);
    QVERIFY(m_world->changes.setDisabled(ann.id, true, u"test"_s, m_clock.now()));
    QCOMPARE(costOf(answer(phone, withoutName)), 1);
}

void TestPasskeys::removalOfTheAccount_takesAll()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    SoftAuthenticator phone;
    QVERIFY(add(phone, ann));
    QVERIFY(m_world->changes.remove(ann.id, u"test"_s, m_clock.now()));
    QVERIFY(passkeys().findByUser(ann.id).value().isEmpty());
    QVERIFY(!passkeys().handleOf(ann.id).value());
    QVERIFY(!passkeys().prove(withoutName, answer(phone, withoutName), m_clock.now()));
}

QTEST_GUILESS_MAIN(TestPasskeys)
#include "TestPasskeys.moc"
