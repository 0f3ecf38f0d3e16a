#include "core/audit/AuditStore.h"
#include "core/credentials/Challenges.h"
#include "core/credentials/Passkeys.h"
#include "core/credentials/TotpStore.h"
#include "core/crypto/WebAuthnResponse.h"
#include "core/storage/Database.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/SoftAuthenticator.h"
#include "tests/support/WorldTest.h"

#include <QJsonDocument>
#include <QTest>

#include <atomic>
#include <barrier>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

/// Second factors come and go.
class TestFactorChanges : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void app_countsFromItsFirstCode();
    void app_endsTheOtherSessions();
    void app_firstCode_data();
    void app_firstCode();
    void app_isSetUpInFifteenMinutes_data();
    void app_isSetUpInFifteenMinutes();
    void app_begunAnew_replacesTheOneBefore();
    void app_ofAnotherAccount_isNotFound();
    void apps_areFive();
    void names_areChecked();
    void secondApp_bringsNoCodes();
    void lastApp_takesTheRestAlong();
    void lastFactor_stays_whereDemanded();
    void lastPasskey_stays_whereDemanded();
    void passkeyOfAnotherHost_isNoFactorThatIsLeft();
    void codes_needAnApp();
    void reset_takesAll_andEndsSessions();
    void reset_ofNothing_doesNothing();
    void reset_leavesPasskeysThatAreTheOnlyWayIn();
    void code_isTakenByOneOfManyThreads();
    void blobOfAnotherAccount_doesNotOpen();
    void changes_areRecordedWithoutSecrets();
    void endedSession_changesNothing();
    void bareAdmins_areCounted();

private:
    TokenPair join() { return m_world->join(u"ann@example.com"_s).value(); }
    NewTotp begin(const TokenPair &pair)
    {
        return m_world->factors.beginTotp(pair.user.id, u"phone"_s, pair.session.id, m_clock.now()).value();
    }
    Result<QStringList> confirm(const TokenPair &pair, Id factor, const QString &code)
    {
        return m_world->factors.confirmTotp(pair.user.id, factor, code, pair.session.id, m_clock.now());
    }
    FactorOverview overview(const TokenPair &pair) { return m_world->factors.overview(pair.user.id, m_clock.now()).value(); }
    bool isEnabled(const TokenPair &pair) { return m_world->accounts.findById(pair.user.id).value().hasSecondFactor; }
    Result<void> addPasskey(const TokenPair &pair, const QString &rpId = u"localhost"_s)
    {
        return execute(u"INSERT INTO passkeys (id, user_id, credential_id, public_key, algorithm, counter, uv_initialized, "
                       "backup_eligible, backed_up, aaguid, attestation, rp_id, created_at) "
                       "VALUES (randomblob(16), ?, randomblob(9), x'02', -7, 0, 1, 0, 0, x'00', 'none', ?, 0)"_s,
                       {bound(pair.user.id), rpId});
    }
    Id passkeyOf(const TokenPair &pair) { return m_world->core->passkeys.findByUser(pair.user.id).value().first().id; }
    void demandOfAll()
    {
        CorePolicies policies = quickPolicies;
        policies.factors.required = FactorPolicy::Demand::All;
        reopen(policies);
    }
    Result<void> execute(const QString &sql, const QVariantList &values = {})
    {
        return m_world->database->write([&](DbConnection &connection) { return connection.perform(sql, values); });
    }
};

void TestFactorChanges::app_countsFromItsFirstCode()
{
    const TokenPair ann = join();
    const NewTotp begun = begin(ann);
    QCOMPARE(begun.life, minutes {15});
    QVERIFY(begun.uri.contains(begun.secret) && begun.uri.startsWith(u"otpauth://totp/Warder%3Aann%40example.com?"_s));
    QVERIFY(begun.qrSvg.startsWith("<svg"));
    QVERIFY(!isEnabled(ann) && !overview(ann).isEnabled && overview(ann).totp.isEmpty());
    QVERIFY(m_world->login(u"ann@example.com"_s)); // by the password alone
    const auto codes = confirm(ann, begun.id, AuthenticatorApp(begun.secret).codeAt(m_clock.now()));
    QVERIFY(codes);
    QCOMPARE(codes->size(), 10);
    QVERIFY(isEnabled(ann) && overview(ann).isEnabled && !overview(ann).isRequired);
    QCOMPARE(overview(ann).totp.first().name, u"phone"_s);
    QCOMPARE(overview(ann).counts.recoveryCodes, 10);
    QCOMPARE(m_world->login(u"ann@example.com"_s).error().code, ErrorCode::MfaRequired);
    QVERIFY(m_world->listener.names().contains(u"user changed"_s));
    QCOMPARE(confirm(ann, begun.id, AuthenticatorApp(begun.secret).codeAt(m_clock.now())).error().code, ErrorCode::NotFound); // once
}

void TestFactorChanges::app_endsTheOtherSessions()
{
    const TokenPair ann = join();
    const auto other = m_world->login(u"ann@example.com"_s).value();
    setUpTotp(*m_world, ann);
    QVERIFY(m_world->isGood(ann.accessToken));
    QVERIFY(!m_world->isGood(other.accessToken));
    QVERIFY(m_world->listener.names().contains(u"ended factors_changed"_s));
}

void TestFactorChanges::app_firstCode_data()
{
    QTest::addColumn<int>("offSeconds");
    QTest::addColumn<bool>("taken");
    QTest::newRow("now") << 0 << true;
    QTest::newRow("of 30 s ago") << -30 << true;
    QTest::newRow("of 90 s ago") << -90 << false;
}

void TestFactorChanges::app_firstCode()
{
    QFETCH(int, offSeconds);
    QFETCH(bool, taken);
    const TokenPair ann = join();
    const NewTotp begun = begin(ann);
    const auto codes = confirm(ann, begun.id, AuthenticatorApp(begun.secret).codeAt(m_clock.now() + Seconds {offSeconds}));
    QCOMPARE(codes.has_value(), taken);
    if (!taken)
        QCOMPARE(codes.error().faults.first().location.last(), QJsonValue(u"code"_s));
    QCOMPARE(isEnabled(ann), taken);
}

void TestFactorChanges::app_isSetUpInFifteenMinutes_data()
{
    QTest::addColumn<qint64>("afterMs");
    QTest::addColumn<bool>("there");
    QTest::newRow("in time") << qint64(900'000) << true;
    QTest::newRow("a ms late") << qint64(900'001) << false;
}

void TestFactorChanges::app_isSetUpInFifteenMinutes()
{
    QFETCH(qint64, afterMs);
    QFETCH(bool, there);
    const TokenPair ann = join();
    const NewTotp begun = begin(ann);
    m_clock.advance(Milliseconds {afterMs});
    QCOMPARE(confirm(ann, begun.id, AuthenticatorApp(begun.secret).codeAt(m_clock.now())).has_value(), there);
    QVERIFY(m_world->database
                ->write([&](DbConnection &connection) { return TotpStore::removeAbandoned(connection, m_clock.now() - minutes {15}, 10); })
                .value()
            == (there ? 0 : 1));
}

void TestFactorChanges::app_begunAnew_replacesTheOneBefore()
{
    const TokenPair ann = join();
    const NewTotp first = begin(ann);
    const NewTotp second = begin(ann);
    QVERIFY(first.secret != second.secret);
    QCOMPARE(confirm(ann, first.id, AuthenticatorApp(first.secret).codeAt(m_clock.now())).error().code, ErrorCode::NotFound);
    QVERIFY(confirm(ann, second.id, AuthenticatorApp(second.secret).codeAt(m_clock.now())));
}

void TestFactorChanges::app_ofAnotherAccount_isNotFound()
{
    const TokenPair ann = join();
    const TokenPair bob = m_world->join(u"bob@example.com"_s).value();
    const NewTotp begun = begin(ann);
    QCOMPARE(confirm(bob, begun.id, AuthenticatorApp(begun.secret).codeAt(m_clock.now())).error().code, ErrorCode::NotFound);
    const SetUp hers = setUpTotp(*m_world, ann);
    QCOMPARE(m_world->factors.removeTotp(bob.user.id, hers.factor, bob.session.id, m_clock.now()).error().code, ErrorCode::NotFound);
    QVERIFY(isEnabled(ann));
}

void TestFactorChanges::apps_areFive()
{
    const TokenPair ann = join();
    for (int i = 0; i < 5; ++i)
        setUpTotp(*m_world, ann);
    QCOMPARE(m_world->factors.beginTotp(ann.user.id, {}, ann.session.id, m_clock.now()).error().code, ErrorCode::FactorLimit);
    QVERIFY(m_world->factors.removeTotp(ann.user.id, overview(ann).totp.first().id, ann.session.id, m_clock.now()));
    QVERIFY(m_world->factors.beginTotp(ann.user.id, {}, ann.session.id, m_clock.now()));
}

void TestFactorChanges::names_areChecked()
{
    const TokenPair ann = join();
    const auto begun = m_world->factors.beginTotp(ann.user.id, QString(201, u'x'), ann.session.id, m_clock.now());
    QCOMPARE(begun.error().faults.first().location.last(), QJsonValue(u"name"_s));
    setUpTotp(*m_world, ann, u"  my\u00a0phone "_s);
    QCOMPARE(overview(ann).totp.first().name, u"my\u00a0phone"_s);
}

void TestFactorChanges::secondApp_bringsNoCodes()
{
    const TokenPair ann = join();
    const SetUp first = setUpTotp(*m_world, ann);
    QCOMPARE(setUpTotp(*m_world, ann, u"tablet"_s).recoveryCodes, QStringList());
    QCOMPARE(overview(ann).counts.recoveryCodes, 10); // those of before stay
}

void TestFactorChanges::lastApp_takesTheRestAlong()
{
    const TokenPair ann = join();
    const SetUp phone = setUpTotp(*m_world, ann);
    const SetUp tablet = setUpTotp(*m_world, ann, u"tablet"_s);
    QVERIFY(m_world->factors.removeTotp(ann.user.id, phone.factor, ann.session.id, m_clock.now()));
    QVERIFY(isEnabled(ann));
    QCOMPARE(overview(ann).counts.recoveryCodes, 10);
    QCOMPARE(m_world->factors.removeTotp(ann.user.id, phone.factor, ann.session.id, m_clock.now()).error().code, ErrorCode::NotFound);
    QVERIFY(m_world->factors.removeTotp(ann.user.id, tablet.factor, ann.session.id, m_clock.now()));
    QVERIFY(!isEnabled(ann));
    QCOMPARE(overview(ann).counts.recoveryCodes, 0);
    QVERIFY(m_world->isGood(ann.accessToken));
    QVERIFY(m_world->login(u"ann@example.com"_s));
}

void TestFactorChanges::lastFactor_stays_whereDemanded()
{
    const TokenPair ann = join();
    const SetUp phone = setUpTotp(*m_world, ann);
    demandOfAll();
    QVERIFY(overview(ann).isRequired);
    QCOMPARE(m_world->factors.removeTotp(ann.user.id, phone.factor, ann.session.id, m_clock.now()).error().code, ErrorCode::Conflict);
    QVERIFY(isEnabled(ann));
    const SetUp tablet = setUpTotp(*m_world, ann, u"tablet"_s);
    QVERIFY(m_world->factors.removeTotp(ann.user.id, phone.factor, ann.session.id, m_clock.now()));
}

void TestFactorChanges::lastPasskey_stays_whereDemanded()
{
    const TokenPair ann = join();
    QVERIFY(addPasskey(ann));
    demandOfAll();
    QCOMPARE(m_world->factors.removePasskey(ann.user.id, passkeyOf(ann), ann.session.id, m_clock.now()).error().code, ErrorCode::Conflict);
    QCOMPARE(overview(ann).counts.passkeys, 1); // undone
    const SetUp phone = setUpTotp(*m_world, ann);
    QVERIFY(m_world->factors.removePasskey(ann.user.id, passkeyOf(ann), ann.session.id, m_clock.now()));
    QVERIFY(addPasskey(ann));
    QVERIFY(m_world->factors.removeTotp(ann.user.id, phone.factor, ann.session.id, m_clock.now()));
}

void TestFactorChanges::passkeyOfAnotherHost_isNoFactorThatIsLeft()
{
    const TokenPair ann = join();
    const SetUp phone = setUpTotp(*m_world, ann);
    QVERIFY(addPasskey(ann, u"former.example"_s));
    demandOfAll();
    QCOMPARE(m_world->factors.removeTotp(ann.user.id, phone.factor, ann.session.id, m_clock.now()).error().code, ErrorCode::Conflict);
    QVERIFY(isEnabled(ann));
    QVERIFY(m_world->factors.removePasskey(ann.user.id, passkeyOf(ann), ann.session.id, m_clock.now())); // the app is left
}

void TestFactorChanges::codes_needAnApp()
{
    const TokenPair ann = join();
    QCOMPARE(m_world->factors.renewRecoveryCodes(ann.user.id, ann.session.id, m_clock.now()).error().code, ErrorCode::Conflict);
    const SetUp phone = setUpTotp(*m_world, ann);
    const auto fresh = m_world->factors.renewRecoveryCodes(ann.user.id, ann.session.id, m_clock.now());
    QVERIFY(fresh && fresh->size() == 10 && *fresh != phone.recoveryCodes);
    QCOMPARE(overview(ann).counts.recoveryCodes, 10);
}

void TestFactorChanges::reset_takesAll_andEndsSessions()
{
    const TokenPair ann = join();
    const TokenPair bob = m_world->join(u"bob@example.com"_s).value();
    setUpTotp(*m_world, ann);
    setUpTotp(*m_world, bob);
    QVERIFY(begin(ann).life > Seconds {0}); // one that is being set up goes, too
    const auto gone = m_world->factors.reset(ann.user.id, u"console"_s, m_clock.now()).value();
    QCOMPARE(gone.totp, 1);
    QCOMPARE(gone.recoveryCodes, 10);
    QVERIFY(!isEnabled(ann) && isEnabled(bob));
    QVERIFY(!m_world->isGood(ann.accessToken) && m_world->isGood(bob.accessToken));
    QVERIFY(m_world->login(u"ann@example.com"_s));
    QCOMPARE(m_world->database->reader().number(u"SELECT count(*) FROM totp_factors"_s).value(), 1);
    const auto event = AuditStore::newest(m_world->database->reader(), ann.user.id, audit::factorsReset, 9).value().first();
    QCOMPARE(event.actor, u"console"_s);
    QCOMPARE(event.details["totp"_L1].toInt(), 1);
    QCOMPARE(m_world->factors.reset(Id::create(m_clock.now()), u"console"_s, m_clock.now()).error().code, ErrorCode::NotFound);
}

void TestFactorChanges::reset_ofNothing_doesNothing()
{
    const TokenPair ann = join();
    QCOMPARE(m_world->factors.reset(ann.user.id, u"console"_s, m_clock.now()).value().totp, 0);
    QVERIFY(m_world->isGood(ann.accessToken));
    QVERIFY(AuditStore::newest(m_world->database->reader(), ann.user.id, audit::factorsReset, 9).value().isEmpty());
}

void TestFactorChanges::reset_leavesPasskeysThatAreTheOnlyWayIn()
{
    const TokenPair ann = join();
    QVERIFY(addPasskey(ann));
    QVERIFY(!overview(ann).passkeysStay);
    QCOMPARE(m_world->factors.reset(ann.user.id, u"console"_s, m_clock.now()).value().passkeys, 1);
    QVERIFY(addPasskey(ann) && execute(u"DELETE FROM credentials"_s));
    reopen();
    QVERIFY(overview(ann).passkeysStay);
    QCOMPARE(m_world->factors.reset(ann.user.id, u"console"_s, m_clock.now()).value().passkeys, 0);
    QCOMPARE(overview(ann).counts.passkeys, 1);
}

void TestFactorChanges::code_isTakenByOneOfManyThreads()
{
    const TokenPair ann = join();
    const SetUp phone = setUpTotp(*m_world, ann);
    m_clock.advance(Seconds {30});
    const auto matched = m_world->core->totpFactors.match(ann.user.id, phone.app.codeAt(m_clock.now()), m_clock.now()).value();
    QVERIFY(matched.has_value());
    std::atomic<int> won {0};
    std::barrier together(16);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            together.arrive_and_wait();
            won +=
                m_world->database->write([&](Transaction &transaction) { return TotpFactors::spend(transaction, *matched, m_clock.now()); })
                    .value_or(false);
        });
    threads.clear();
    QCOMPARE(won, 1);
}

/// Who can write into the database, but has no master key, gives an account no app that they know.
void TestFactorChanges::blobOfAnotherAccount_doesNotOpen()
{
    const TokenPair ann = join();
    const TokenPair mallory = m_world->join(u"mallory@example.com"_s).value();
    setUpTotp(*m_world, ann);
    const SetUp known = setUpTotp(*m_world, mallory);
    QVERIFY(execute(u"UPDATE totp_factors SET sealed = (SELECT sealed FROM totp_factors WHERE user_id = ?) WHERE user_id = ?"_s,
                    {bound(mallory.user.id), bound(ann.user.id)}));
    m_clock.advance(Seconds {30});
    const auto matched = m_world->core->totpFactors.match(ann.user.id, known.app.codeAt(m_clock.now()), m_clock.now());
    QCOMPARE(matched.error().code, ErrorCode::CryptoFailure);
}

void TestFactorChanges::changes_areRecordedWithoutSecrets()
{
    const TokenPair ann = join();
    const NewTotp begun = begin(ann);
    const QString code = AuthenticatorApp(begun.secret).codeAt(m_clock.now());
    const QStringList codes = confirm(ann, begun.id, code).value();
    QVERIFY(m_world->factors.renewRecoveryCodes(ann.user.id, ann.session.id, m_clock.now()));
    QVERIFY(m_world->factors.removeTotp(ann.user.id, begun.id, ann.session.id, m_clock.now()));
    QStringList types;
    const auto events = AuditStore::newest(m_world->database->reader(), ann.user.id, {}, 99).value();
    for (const AuditEvent &event : events) {
        types += event.type;
        const QByteArray details = QJsonDocument(event.details).toJson();
        QVERIFY(!details.contains(begun.secret.toLatin1()) && !details.contains(codes[0].toLatin1()));
    }
    for (const QLatin1StringView type : {audit::factorAdded, audit::factorRemoved, audit::recoveryCodesRenewed})
        QVERIFY2(types.contains(type), type.data());
}

/// What it asked for was let in before it ended, and comes to the writer after that.
void TestFactorChanges::endedSession_changesNothing()
{
    const TokenPair ann = join();
    const SetUp phone = setUpTotp(*m_world, ann);
    QVERIFY(addPasskey(ann));
    FactorChanges &factors = m_world->factors;
    const PasskeyCeremony adding {.purpose = ChallengePurpose::PasskeyRegistration, .user = ann.user.id, .session = ann.session.id};
    const auto begun = m_world->core->passkeys.begin(adding, m_clock.now()).value();
    const QJsonObject options {
        {u"challenge"_s, QString::fromLatin1(begun.challenge)},
        {u"rp"_s, QJsonObject {{u"id"_s, begun.rpId}}},
        {u"user"_s, QJsonObject {{u"id"_s, QString::fromLatin1(begun.userHandle.toBase64(QByteArray::Base64UrlEncoding))}}}};
    const auto made = RegistrationResponse::fromJson(SoftAuthenticator().create(options)).value();
    QVERIFY(m_world->sessions.revokeById({ann.session.id}, SessionEnd::Admin, u"test"_s, m_clock.now()));
    QCOMPARE(factors.addPasskey(adding, made, {}, m_clock.now()).error().code, ErrorCode::InvalidToken);
    QCOMPARE(factors.beginTotp(ann.user.id, {}, ann.session.id, m_clock.now()).error().code, ErrorCode::InvalidToken);
    QCOMPARE(factors.removeTotp(ann.user.id, phone.factor, ann.session.id, m_clock.now()).error().code, ErrorCode::InvalidToken);
    QCOMPARE(factors.removePasskey(ann.user.id, passkeyOf(ann), ann.session.id, m_clock.now()).error().code, ErrorCode::InvalidToken);
    QCOMPARE(factors.renewRecoveryCodes(ann.user.id, ann.session.id, m_clock.now()).error().code, ErrorCode::InvalidToken);
    QCOMPARE(overview(ann).counts.passkeys, 1);
    QVERIFY(isEnabled(ann));
}

void TestFactorChanges::bareAdmins_areCounted()
{
    const auto bare = [this](const QString &rpId = {}) { return FactorStore::countBareAdmins(m_world->database->reader(), rpId).value(); };
    const auto addRole = [this](Id user, const QString &role) {
        return m_world->accounts.edit(user, {.addRoles = {role}}, u"test"_s, m_clock.now()).has_value();
    };
    const TokenPair ann = join();
    const TokenPair bob = m_world->join(u"bob@example.com"_s).value();
    QCOMPARE(bare(), 0);
    QVERIFY(addRole(ann.user.id, u"admin"_s) && addRole(bob.user.id, u"admin"_s));
    QCOMPARE(bare(), 2);
    setUpTotp(*m_world, ann);
    QCOMPARE(bare(), 1);
    QVERIFY(addPasskey(bob));
    QCOMPARE(bare(), 1); // its owner may go on with the password alone
    QCOMPARE(bare(u"localhost"_s), 0);
    QCOMPARE(bare(u"other.example"_s), 1);
    QVERIFY(m_world->changes.setDisabled(bob.user.id, true, u"test"_s, m_clock.now()));
    QCOMPARE(bare(), 0);
    const User carl = m_world->add(u"carl@example.com"_s);
    QVERIFY(addRole(carl.id, u"superadmin"_s) && addRole(carl.id, u"admin2"_s));
    QCOMPARE(bare(), 0);
    const auto plan = m_world->database->reader().all(
        u"EXPLAIN QUERY PLAN SELECT count(*) FROM users INDEXED BY users_admins WHERE instr(roles, '\"admin\"') > 0"_s, {},
        [](const Row &row) { return row.text(3); });
    QVERIFY(plan && plan->first().contains(u"users_admins"_s)); // a million others are not looked at
}

QTEST_GUILESS_MAIN(TestFactorChanges)
#include "TestFactorChanges.moc"
