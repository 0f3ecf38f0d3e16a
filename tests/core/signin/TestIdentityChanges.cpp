#include "tests/support/FederatedTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Accounts at providers go, and providers with all that hangs on them.
class TestIdentityChanges : public FederatedTest
{
    Q_OBJECT
private Q_SLOTS:
    void removal_isToldTheOwner();
    void removal_ofTheLastWayIn_isRefused();
    void removal_endsWhatIsUnderWay();
    void removal_isTheOwners();
    void passkey_isGuardedByTheSameJudge();
    void provider_goesWithItsIdentities();
    void provider_ofNobody_isNotFound();
    void disabledProvider_keepsWhatIsLinked();

private:
    Result<void> remove(Id user, Id identity, const QString &actor = u"user"_s)
    {
        return changes().remove(user, identity, actor, m_clock.now());
    }
    Result<void> addPasskey(Id user)
    {
        return execute(u"INSERT INTO passkeys (id, user_id, credential_id, public_key, algorithm, counter, uv_initialized, "
                       "backup_eligible, backed_up, aaguid, attestation, rp_id, created_at) "
                       "VALUES (randomblob(16), ?, randomblob(9), x'02', -7, 0, 1, 0, 0, x'00', 'none', 'localhost', 0)"_s,
                       {bound(user)});
    }
};

void TestIdentityChanges::removal_isToldTheOwner()
{
    const TokenPair ann = m_world->join(u"ann@example.com"_s).value();
    QCOMPARE(wordOf(finish(walkToLink(ann))), u"linked"_s);
    const Identity linked = identitiesOf(ann.user.id).first();
    QVERIFY(remove(ann.user.id, linked.id));
    QVERIFY(identitiesOf(ann.user.id).isEmpty());
    QCOMPARE(mails(), (QStringList {u"identity_linked ann@example.com"_s, u"identity_removed ann@example.com"_s}));
    const auto events = recorded(audit::identityRemoved);
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().subject, std::optional(ann.user.id));
    QCOMPARE(events.first().details,
             (QJsonObject {{u"identity"_s, linked.id.toString()}, {u"provider"_s, u"example"_s}, {u"email"_s, u"ann@example.com"_s}}));
    QVERIFY(m_world->isGood(ann.accessToken));
    QCOMPARE(remove(ann.user.id, linked.id).error().code, ErrorCode::NotFound);
    QCOMPARE(mails().size(), 2);
}

void TestIdentityChanges::removal_ofTheLastWayIn_isRefused()
{
    const TokenPair ann = tokensIn(come());
    const Identity linked = identitiesOf(ann.user.id).first();
    QCOMPARE(remove(ann.user.id, linked.id).error().code, ErrorCode::LastSignInMethod);
    QCOMPARE(remove(ann.user.id, linked.id, u"console"_s).error().code, ErrorCode::LastSignInMethod); // an admin neither
    QCOMPARE(identitiesOf(ann.user.id).size(), 1);
    QVERIFY(recorded(audit::identityRemoved).isEmpty() && mails().isEmpty());
    QCOMPARE(wordOf(finish(walkToLink(ann, {.subject = u"u2"_s}))), u"linked"_s);
    QVERIFY(remove(ann.user.id, linked.id)); // another one is left
}

/// Whoever signed in with it a moment ago, and has yet to show a second factor, begins anew.
void TestIdentityChanges::removal_endsWhatIsUnderWay()
{
    const TokenPair ann = m_world->join(u"ann@example.com"_s).value();
    QCOMPARE(wordOf(finish(walkToLink(ann))), u"linked"_s);
    const FederatedReturn underWay = walkToLink(ann, {.subject = u"u2"_s});
    QVERIFY(remove(ann.user.id, identitiesOf(ann.user.id).first().id));
    QCOMPARE(wordOf(finish(underWay)), u"invalid_link"_s);
}

void TestIdentityChanges::removal_isTheOwners()
{
    const TokenPair ann = tokensIn(come());
    const TokenPair bob = m_world->join(u"bob@example.com"_s).value();
    QCOMPARE(remove(bob.user.id, identitiesOf(ann.user.id).first().id).error().code, ErrorCode::NotFound);
    QCOMPARE(remove(Id::create(m_clock.now()), identitiesOf(ann.user.id).first().id).error().code, ErrorCode::NotFound);
    QCOMPARE(identitiesOf(ann.user.id).size(), 1);
}

void TestIdentityChanges::passkey_isGuardedByTheSameJudge()
{
    const TokenPair ann = tokensIn(come()); // without a password
    QVERIFY(addPasskey(ann.user.id));
    const Id passkey = m_world->core->passkeys.findByUser(ann.user.id)->first().id;
    QVERIFY(providers().edit(u"example"_s, {.isEnabled = false}, u"test"_s, m_clock.now()));
    QCOMPARE(m_world->factors.removePasskey(ann.user.id, passkey, std::nullopt, m_clock.now()).error().code, ErrorCode::LastSignInMethod);
    QVERIFY(providers().edit(u"example"_s, {.isEnabled = true}, u"test"_s, m_clock.now()));
    QVERIFY(m_world->factors.removePasskey(ann.user.id, passkey, std::nullopt, m_clock.now()));
    QVERIFY(addPasskey(ann.user.id));
    QVERIFY(!m_world->factors.overview(ann.user.id, m_clock.now())->passkeysStay);
    QCOMPARE(m_world->factors.reset(ann.user.id, u"console"_s, m_clock.now())->passkeys, 1); // the provider is left
}

void TestIdentityChanges::provider_goesWithItsIdentities()
{
    QVERIFY(come());
    const TokenPair bob = m_world->join(u"bob@example.com"_s).value();
    QCOMPARE(wordOf(finish(walkToLink(bob, {.subject = u"u2"_s}))), u"linked"_s);
    const auto before = changes().removalOf(u"example"_s).value();
    QCOMPARE(before.identities, 2);
    QCOMPARE(before.onlyWayIn, 1); // ann's
    const auto gone = changes().removeProvider(u"example"_s, u"console"_s, m_clock.now());
    QCOMPARE(gone->identities, 2);
    QCOMPARE(gone->onlyWayIn, 1);
    QVERIFY(!providers().find(u"example"_s).value());
    QVERIFY(identitiesOf(bob.user.id).isEmpty());
    QCOMPARE(recorded(audit::providerRemoved).first().details, (QJsonObject {{u"provider"_s, u"example"_s}, {u"identities"_s, 2}}));
    QVERIFY(m_world->isGood(bob.accessToken)); // who is in stays in
}

void TestIdentityChanges::provider_ofNobody_isNotFound()
{
    QCOMPARE(changes().removalOf(u"nobody"_s).error().code, ErrorCode::NotFound);
    QCOMPARE(changes().removeProvider(u"nobody"_s, u"console"_s, m_clock.now()).error().code, ErrorCode::NotFound);
}

void TestIdentityChanges::disabledProvider_keepsWhatIsLinked()
{
    const TokenPair ann = tokensIn(come());
    QVERIFY(providers().edit(u"example"_s, {.isEnabled = false}, u"test"_s, m_clock.now()));
    QCOMPARE(identitiesOf(ann.user.id).size(), 1);
    QVERIFY(providers().edit(u"example"_s, {.isEnabled = true}, u"test"_s, m_clock.now()));
    QCOMPARE(wordOf(come()), u"signed in"_s);
}

QTEST_GUILESS_MAIN(TestIdentityChanges)
#include "TestIdentityChanges.moc"
