#include "core/audit/AuditStore.h"
#include "core/credentials/Challenges.h"
#include "core/credentials/TotpStore.h"
#include "core/storage/Database.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <atomic>
#include <barrier>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

/// The second step of a sign-in.
class TestPendingSignIns : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void password_opensNothing_whereThereIsAFactor();
    void password_ofWhoIsRemovedMeanwhile_isRefused();
    void code_signsIn();
    void recoveryCode_signsInOnce();
    void sameCode_isWrongTheSecondTime();
    void wrongCodes_areFiveATicket_alsoAtOnce();
    void sameCode_onManyThreads_signsInOnce_data();
    void sameCode_onManyThreads_signsInOnce();
    void severalWrongCodes_areRecorded_data();
    void severalWrongCodes_areRecorded();
    void guessing_overManySignIns_mustWait();
    void guessing_holdsUpNoRecoveryCode();
    void ticket_isOver_data();
    void ticket_isOver();
    void former_endsWithTheSecondStep();
    void rememberedBrowser_needsAPasswordAlone();
    void rememberedBrowser_isAskedAfterAChange_data();
    void rememberedBrowser_isAskedAfterAChange();
    void anothersBrowser_isAsked();
    void whoMustHaveAFactor_setsItUp();
    void whoHasAFactor_cannotAddOneByPassword();
    void policy_saysWhoMust_data();
    void policy_saysWhoMust();
    void registration_whereEverybodyMust_opensNothing();
    void passkeyAlone_isAskedOnlyWhereDemanded();

private:
    Credentials ann() const { return {.email = u"ann@example.com"_s, .password = password}; }
    SignInOutcome signIn(const SignInBaggage &baggage = {})
    {
        return m_world->signIn.byPassword(ann(), m_world->client, m_clock.now(), baggage).value();
    }
    FactorNeeded needed() { return std::get<FactorNeeded>(signIn()); }
    QByteArray begin() { return Challenges::idOf(needed().ticket).value(); }
    Result<SignedIn> finish(const QByteArray &signIn, const FactorProof &proof, const FinishWishes &wishes = {})
    {
        return m_world->pending.finish(signIn, proof, wishes, m_world->client, m_clock.now());
    }
    Result<SignedIn> finishNow(const QByteArray &signIn, const FinishWishes &wishes = {})
    {
        return finish(signIn, TotpProof {m_setUp.app.codeAt(m_clock.now())}, wishes);
    }
    void next() { m_clock.advance(Seconds {30}); } ///< Another code.
    qsizetype recorded(QLatin1StringView type) { return AuditStore::newest(m_world->database->reader(), {}, type, 100).value().size(); }
    /// Where the settings demand a factor.
    void demand(FactorPolicy::Demand required)
    {
        CorePolicies policies = quickPolicies;
        policies.factors.required = required;
        reopen(policies);
    }
    void addPasskey(Id user)
    {
        QVERIFY(m_world->database->write([&](DbConnection &connection) {
            return connection.perform(
                u"INSERT INTO passkeys (id, user_id, credential_id, public_key, algorithm, counter, uv_initialized, backup_eligible, "
                "backed_up, aaguid, attestation, rp_id, created_at) VALUES (?, ?, x'01', x'02', -7, 0, 1, 0, 0, x'00', 'none', 'localhost', 0)"_s,
                {bound(Id::create(m_clock.now())), bound(user)});
        }));
    }

    TokenPair m_pair;
    SetUp m_setUp;
};

void TestPendingSignIns::init()
{
    WorldTest::init();
    m_pair = m_world->join(u"ann@example.com"_s).value();
    m_setUp = setUpTotp(*m_world, m_pair);
    next();
}

namespace {

/// Of a refusal: at which field something is wrong; empty: none is.
QString fieldOf(const Error &error)
{
    return error.code == ErrorCode::InvalidInput && error.faults.size() == 1 ? error.faults[0].location.last().toString() : QString();
}

} // namespace

void TestPendingSignIns::password_opensNothing_whereThereIsAFactor()
{
    const auto before = m_world->sessions.findByUser(m_pair.user.id, m_clock.now()).value().size();
    const FactorNeeded needed = this->needed();
    QCOMPARE(needed.ticket.size(), 43);
    QCOMPARE(needed.methods, QStringList({u"totp"_s, u"recovery_code"_s}));
    QVERIFY(!needed.enrol);
    QCOMPARE(needed.life, minutes {5});
    QCOMPARE(m_world->sessions.findByUser(m_pair.user.id, m_clock.now()).value().size(), before);
    QCOMPARE(recorded(audit::loginSucceeded), 0);
    QVERIFY(!m_world->signIn.byPassword({.email = u"ann@example.com"_s, .password = u"wrong"_s}, m_world->client, m_clock.now()));
}

void TestPendingSignIns::password_ofWhoIsRemovedMeanwhile_isRefused()
{
    const FirstProof proof {.user = m_pair.user, .method = {.name = u"password"_s, .amr = {u"pwd"_s}}};
    const MissingFactor missing {.isMissing = true, .methods = {u"totp"_s}};
    QVERIFY(m_world->changes.remove(m_pair.user.id, u"test"_s, m_clock.now()));
    QCOMPARE(m_world->pending.begin(proof, missing, {}, m_clock.now()).error().code, ErrorCode::InvalidCredentials);
    QCOMPARE(m_world->core->totpFactors.begin(m_pair.user, {}, m_clock.now()).error().code, ErrorCode::NotFound);
    QCOMPARE(m_world->core->passkeys.begin({.purpose = ChallengePurpose::PasskeyRegistration, .user = m_pair.user.id}, m_clock.now())
                 .error()
                 .code,
             ErrorCode::NotFound);
}

void TestPendingSignIns::code_signsIn()
{
    const auto signedIn = finishNow(begin());
    QVERIFY(signedIn);
    QVERIFY(m_world->isGood(signedIn->tokens.accessToken));
    QCOMPARE(signedIn->tokens.session.amr, QStringList({u"pwd"_s, u"otp"_s}));
    QCOMPARE(signedIn->tokens.session.method, u"password"_s);
    QVERIFY(signedIn->device.isEmpty() && !signedIn->recoveryCodesLeft && signedIn->recoveryCodes.isEmpty());
    QCOMPARE(recorded(audit::loginSucceeded), 1);
    const auto factor = m_world->core->totpFactors.findByUser(m_pair.user.id).value().first();
    QCOMPARE(factor.lastUsedAt, m_clock.now());
}

void TestPendingSignIns::recoveryCode_signsInOnce()
{
    const QString code = m_setUp.recoveryCodes[4];
    const auto signedIn = finish(begin(), RecoveryProof {code.toUpper()});
    QVERIFY(signedIn);
    QCOMPARE(signedIn->recoveryCodesLeft, 9);
    QCOMPARE(recorded(audit::recoveryCodeUsed), 1);
    const auto again = finish(begin(), RecoveryProof {code});
    QCOMPARE(fieldOf(again.error()), u"recovery_code"_s);
    QVERIFY(finish(begin(), RecoveryProof {m_setUp.recoveryCodes[5]}));
}

void TestPendingSignIns::sameCode_isWrongTheSecondTime()
{
    const QString code = m_setUp.app.codeAt(m_clock.now());
    const QString older = m_setUp.app.codeAt(m_clock.now() - Seconds {30});
    QVERIFY(finish(begin(), TotpProof {code}));
    QCOMPARE(fieldOf(finish(begin(), TotpProof {code}).error()), u"code"_s);
    QCOMPARE(fieldOf(finish(begin(), TotpProof {older}).error()), u"code"_s);
    reopen();
    QCOMPARE(fieldOf(finish(begin(), TotpProof {code}).error()), u"code"_s);
    next();
    QVERIFY(finishNow(begin()));
}

void TestPendingSignIns::wrongCodes_areFiveATicket_alsoAtOnce()
{
    const QByteArray ticket = begin();
    const QString wrong = m_setUp.app.wrongAt(m_clock.now());
    std::atomic<int> looked {0};
    std::atomic<int> over {0};
    std::barrier together(16);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            together.arrive_and_wait();
            const auto answer = finish(ticket, TotpProof {wrong});
            looked += answer.error().code == ErrorCode::InvalidInput;
            over += answer.error().code == ErrorCode::InvalidToken || answer.error().code == ErrorCode::LimitReached;
        });
    threads.clear();
    QCOMPARE(looked, 5);
    QCOMPARE(over, 11);
    QCOMPARE(finishNow(ticket).error().code, ErrorCode::InvalidToken); // the right one comes too late
    QCOMPARE(recorded(audit::factorFailed), 5);
    QVERIFY(finishNow(begin()));
}

void TestPendingSignIns::sameCode_onManyThreads_signsInOnce_data()
{
    QTest::addColumn<bool>("sameTicket");
    QTest::addColumn<bool>("recovery");
    QTest::newRow("one sign-in") << true << false;
    QTest::newRow("several sign-ins") << false << false;
    QTest::newRow("a recovery code, one sign-in") << true << true;
    QTest::newRow("a recovery code, several sign-ins") << false << true;
}

void TestPendingSignIns::sameCode_onManyThreads_signsInOnce()
{
    QFETCH(bool, sameTicket);
    QFETCH(bool, recovery);
    constexpr int threadCount = 10; // tickets of one account
    QList<QByteArray> tickets;
    for (int i = 0; i < threadCount; ++i) {
        m_clock.advance(Milliseconds {1});
        tickets += sameTicket && i > 0 ? tickets.first() : begin();
    }
    const FactorProof proof =
        recovery ? FactorProof(RecoveryProof {m_setUp.recoveryCodes[0]}) : FactorProof(TotpProof {m_setUp.app.codeAt(m_clock.now())});
    std::atomic<int> won {0};
    std::barrier together(threadCount);
    std::vector<std::jthread> threads;
    for (int i = 0; i < threadCount; ++i)
        threads.emplace_back([&, i] {
            together.arrive_and_wait();
            if (finish(tickets[i], proof))
                ++won;
        });
    threads.clear();
    QCOMPARE(won, 1);
    QCOMPARE(recorded(audit::loginSucceeded), 1);
}

void TestPendingSignIns::severalWrongCodes_areRecorded_data()
{
    QTest::addColumn<bool>("sameTicket");
    QTest::addColumn<bool>("mustWait");
    QTest::newRow("of one sign-in") << true << true;
    QTest::newRow("of one sign-in, where nobody waits") << true << false;
    QTest::newRow("of a sign-in each") << false << true;
}

void TestPendingSignIns::severalWrongCodes_areRecorded()
{
    QFETCH(bool, sameTicket);
    QFETCH(bool, mustWait);
    CorePolicies policies = quickPolicies;
    if (!mustWait)
        policies.rateRules.clear();
    reopen(policies);
    QByteArray ticket = begin();
    for (int i = 1; i <= 4; ++i) {
        if (!sameTicket)
            ticket = begin();
        QCOMPARE(fieldOf(finish(ticket, TotpProof {m_setUp.app.wrongAt(m_clock.now())}).error()), u"code"_s);
        QCOMPARE(recorded(audit::factorFailed), i);
        QCOMPARE(recorded(audit::factorGuessed), i < 3 ? 0 : 1);
    }
    QVERIFY(finishNow(ticket)); // the right one
}

/// Ten wrong codes of an account cost nothing, whatever sign-ins they came with; each further one makes the next wait twice as long.
void TestPendingSignIns::guessing_overManySignIns_mustWait()
{
    const auto guess = [this](const QByteArray &ticket) { return finish(ticket, TotpProof {m_setUp.app.wrongAt(m_clock.now())}).error(); };
    for (int i = 0; i < 11; ++i)
        QCOMPARE(guess(begin()).code, ErrorCode::InvalidInput);
    for (int wait = 1; wait < 2000; wait *= 2) {
        const Error denied = guess(begin());
        QCOMPARE(denied.code, ErrorCode::LimitReached);
        QCOMPARE(denied.retryAfter, Seconds {std::min(wait, 900)});
        m_clock.advance(denied.retryAfter - Milliseconds {1});
        QCOMPARE(guess(begin()).code, ErrorCode::LimitReached);
        m_clock.advance(Milliseconds {1});
        QCOMPARE(guess(begin()).code, ErrorCode::InvalidInput);
    }
    m_clock.advance(minutes {15});
    QVERIFY(finishNow(begin()));                            // the owner, once the wait is over
    QCOMPARE(guess(begin()).code, ErrorCode::InvalidInput); // forgiven
}

void TestPendingSignIns::guessing_holdsUpNoRecoveryCode()
{
    for (int i = 0; i < 11; ++i)
        QVERIFY(!finish(begin(), TotpProof {m_setUp.app.wrongAt(m_clock.now())}));
    QCOMPARE(finishNow(begin()).error().code, ErrorCode::LimitReached);
    QVERIFY(finish(begin(), RecoveryProof {m_setUp.recoveryCodes[0]}));
}

void TestPendingSignIns::ticket_isOver_data()
{
    using Spoil = std::function<void(TestPendingSignIns &)>;
    QTest::addColumn<Spoil>("change");
    const auto row = [](const char *name, const Spoil &change) { QTest::newRow(name) << change; };
    const auto actor = u"test"_s;
    row("after five minutes", [](TestPendingSignIns &t) { t.m_clock.advance(minutes {5}); });
    row("after its use", [](TestPendingSignIns &) {});
    row("after a new password of the owner", [](TestPendingSignIns &t) {
        QVERIFY(t.m_world->changes.changePassword(t.m_pair.user.id, password, u"another horse battery"_s, t.m_pair.session.id,
                                                  t.m_clock.now()));
    });
    row("after a new password by an admin", [actor](TestPendingSignIns &t) {
        QVERIFY(t.m_world->changes.setPassword(t.m_pair.user.id, u"another horse battery"_s, actor, t.m_clock.now()));
    });
    row("after the account was disabled",
        [actor](TestPendingSignIns &t) { QVERIFY(t.m_world->changes.setDisabled(t.m_pair.user.id, true, actor, t.m_clock.now())); });
    row("after it was disabled and enabled", [actor](TestPendingSignIns &t) {
        QVERIFY(t.m_world->changes.setDisabled(t.m_pair.user.id, true, actor, t.m_clock.now()));
        QVERIFY(t.m_world->changes.setDisabled(t.m_pair.user.id, false, actor, t.m_clock.now()));
    });
    row("after the account was removed",
        [actor](TestPendingSignIns &t) { QVERIFY(t.m_world->changes.remove(t.m_pair.user.id, actor, t.m_clock.now())); });
    row("after an app was added", [](TestPendingSignIns &t) { setUpTotp(*t.m_world, t.m_pair, u"tablet"_s); });
    row("after new recovery codes",
        [](TestPendingSignIns &t) { QVERIFY(t.m_world->factors.renewRecoveryCodes(t.m_pair.user.id, std::nullopt, t.m_clock.now())); });
    row("after a reset", [actor](TestPendingSignIns &t) { QVERIFY(t.m_world->factors.reset(t.m_pair.user.id, actor, t.m_clock.now())); });
}

void TestPendingSignIns::ticket_isOver()
{
    using Spoil = std::function<void(TestPendingSignIns &)>;
    QFETCH(const Spoil, change);
    const QByteArray ticket = begin();
    if (QByteArrayView(QTest::currentDataTag()) == "after its use")
        QVERIFY(finishNow(ticket));
    change(*this);
    next();
    QCOMPARE(finishNow(ticket).error().code, ErrorCode::InvalidToken);
    QCOMPARE(m_world->pending.ownerOf(ticket, m_clock.now()).error().code, ErrorCode::InvalidToken);
}

void TestPendingSignIns::former_endsWithTheSecondStep()
{
    const Id former = m_pair.session.id;
    const auto outcome = signIn({.former = {former}});
    QVERIFY(m_world->isGood(m_pair.accessToken)); // not yet
    QVERIFY(finishNow(Challenges::idOf(std::get<FactorNeeded>(outcome).ticket).value()));
    QVERIFY(!m_world->isGood(m_pair.accessToken));
}

void TestPendingSignIns::rememberedBrowser_needsAPasswordAlone()
{
    const auto first = finishNow(begin(), {.rememberDevice = true}).value();
    QCOMPARE(first.device.size(), 43);
    QCOMPARE(recorded(audit::deviceRemembered), 1);
    const auto second = std::get<SignedIn>(signIn({.device = first.device}));
    QVERIFY(m_world->isGood(second.tokens.accessToken));
    QCOMPARE(second.tokens.session.amr, QStringList {u"pwd"_s});
    QVERIFY(!second.device.isEmpty() && second.device != first.device);
    QVERIFY(std::holds_alternative<FactorNeeded>(signIn({.device = first.device}))); // a copy of the old secret
    QVERIFY(std::holds_alternative<SignedIn>(signIn({.device = second.device})));
    const Credentials wrong {.email = u"ann@example.com"_s, .password = u"wrong"_s};
    const auto refusal = m_world->signIn.byPassword(wrong, m_world->client, m_clock.now(), {.device = second.device});
    QCOMPARE(refusal.error().code, ErrorCode::InvalidCredentials);
}

void TestPendingSignIns::rememberedBrowser_isAskedAfterAChange_data()
{
    using Spoil = std::function<void(TestPendingSignIns &)>;
    QTest::addColumn<Spoil>("change");
    const auto row = [](const char *name, const Spoil &change) { QTest::newRow(name) << change; };
    row("the same password set anew",
        [](TestPendingSignIns &t) { QVERIFY(t.m_world->changes.setPassword(t.m_pair.user.id, password, u"test"_s, t.m_clock.now())); });
    row("a further app", [](TestPendingSignIns &t) { setUpTotp(*t.m_world, t.m_pair, u"tablet"_s); });
    row("a passkey removed", [](TestPendingSignIns &t) {
        t.addPasskey(t.m_pair.user.id);
        const Id passkey = t.m_world->core->passkeys.findByUser(t.m_pair.user.id).value().first().id;
        QVERIFY(t.m_world->factors.removePasskey(t.m_pair.user.id, passkey, std::nullopt, t.m_clock.now()));
    });
    row("forgotten", [](TestPendingSignIns &t) { QVERIFY(t.m_world->factors.forgetDevices(t.m_pair.user.id, t.m_clock.now())); });
    row("disabled and enabled", [](TestPendingSignIns &t) {
        QVERIFY(t.m_world->changes.setDisabled(t.m_pair.user.id, true, u"test"_s, t.m_clock.now()));
        QVERIFY(t.m_world->changes.setDisabled(t.m_pair.user.id, false, u"test"_s, t.m_clock.now()));
    });
}

void TestPendingSignIns::rememberedBrowser_isAskedAfterAChange()
{
    using Spoil = std::function<void(TestPendingSignIns &)>;
    QFETCH(const Spoil, change);
    const auto remembered = finishNow(begin(), {.rememberDevice = true}).value();
    next();
    m_pair = remembered.tokens;
    change(*this);
    QVERIFY(std::holds_alternative<FactorNeeded>(signIn({.device = remembered.device})));
}

void TestPendingSignIns::anothersBrowser_isAsked()
{
    const auto bob = m_world->join(u"bob@example.com"_s).value();
    const auto hers = finishNow(begin(), {.rememberDevice = true}).value();
    setUpTotp(*m_world, bob);
    const auto his = m_world->signIn.byPassword({.email = u"bob@example.com"_s, .password = password}, m_world->client, m_clock.now(),
                                                {.device = hers.device});
    QVERIFY(std::holds_alternative<FactorNeeded>(his.value()));
    QVERIFY(std::holds_alternative<SignedIn>(signIn({.device = hers.device}))); // which it did not spend
}

void TestPendingSignIns::whoMustHaveAFactor_setsItUp()
{
    QVERIFY(m_world->factors.reset(m_pair.user.id, u"test"_s, m_clock.now()));
    demand(FactorPolicy::Demand::All);
    const FactorNeeded needed = this->needed();
    QVERIFY(needed.enrol && needed.methods.isEmpty());
    QCOMPARE(needed.life, minutes {15});
    const QByteArray ticket = Challenges::idOf(needed.ticket).value();
    QVERIFY(!finish(ticket, TotpProof {u"000000"_s}));
    m_clock.advance(minutes {5});
    const auto begun = m_world->pending.beginTotp(ticket, u"phone"_s, m_clock.now()).value();
    QCOMPARE(begun.life, minutes {10});
    const AuthenticatorApp app(begun.secret);
    const auto confirm = [&](const QString &code, Id factor) {
        return m_world->pending.confirmTotp(ticket, factor, code, {.rememberDevice = true}, m_world->client, m_clock.now());
    };
    QCOMPARE(fieldOf(confirm(app.wrongAt(m_clock.now()), begun.id).error()), u"code"_s);
    QCOMPARE(confirm(app.codeAt(m_clock.now()), m_pair.user.id).error().code, ErrorCode::NotFound);
    const auto signedIn = confirm(app.codeAt(m_clock.now()), begun.id);
    QVERIFY(signedIn);
    QVERIFY(m_world->isGood(signedIn->tokens.accessToken));
    QCOMPARE(signedIn->tokens.session.amr, QStringList({u"pwd"_s, u"otp"_s}));
    QCOMPARE(signedIn->recoveryCodes.size(), 10);
    QVERIFY(std::holds_alternative<SignedIn>(signIn({.device = signedIn->device})));
    QCOMPARE(this->needed().methods, QStringList({u"totp"_s, u"recovery_code"_s}));
    QVERIFY(finish(begin(), RecoveryProof {signedIn->recoveryCodes[0]}));
    QVERIFY(!confirm(app.codeAt(m_clock.now()), begun.id)); // the ticket is spent
}

/// Neither by a ticket of an account with a factor, nor by one that was given before it had one.
void TestPendingSignIns::whoHasAFactor_cannotAddOneByPassword()
{
    const QByteArray ticket = begin();
    QCOMPARE(m_world->pending.beginTotp(ticket, {}, m_clock.now()).error().code, ErrorCode::InvalidToken);
    QCOMPARE(m_world->pending.confirmTotp(ticket, m_setUp.factor, m_setUp.app.codeAt(m_clock.now()), {}, m_world->client, m_clock.now())
                 .error()
                 .code,
             ErrorCode::InvalidToken);
    QVERIFY(m_world->factors.reset(m_pair.user.id, u"test"_s, m_clock.now()));
    demand(FactorPolicy::Demand::All);
    const QByteArray thiefs = begin();
    const auto begun = m_world->pending.beginTotp(thiefs, u"thief"_s, m_clock.now()).value();
    // The owner is faster.
    const QByteArray hers = begin();
    const auto her = m_world->pending.beginTotp(hers, u"phone"_s, m_clock.now()).value();
    QVERIFY(
        m_world->pending.confirmTotp(hers, her.id, AuthenticatorApp(her.secret).codeAt(m_clock.now()), {}, m_world->client, m_clock.now()));
    const auto late = m_world->pending.confirmTotp(thiefs, begun.id, AuthenticatorApp(begun.secret).codeAt(m_clock.now()), {},
                                                   m_world->client, m_clock.now());
    QCOMPARE(late.error().code, ErrorCode::InvalidToken);
    QCOMPARE(TotpStore::countByUser(m_world->database->reader(), m_pair.user.id).value(), 1);
}

void TestPendingSignIns::policy_saysWhoMust_data()
{
    QTest::addColumn<int>("required");
    QTest::addColumn<bool>("isAdmin");
    QTest::addColumn<bool>("must");
    const auto row = [](const char *name, FactorPolicy::Demand required, bool isAdmin, bool must) {
        QTest::newRow(name) << int(required) << isAdmin << must;
    };
    row("nobody", FactorPolicy::Demand::None, true, false);
    row("admins: an admin", FactorPolicy::Demand::Admins, true, true);
    row("admins: somebody else", FactorPolicy::Demand::Admins, false, false);
    row("all", FactorPolicy::Demand::All, false, true);
}

void TestPendingSignIns::policy_saysWhoMust()
{
    QFETCH(int, required);
    QFETCH(bool, isAdmin);
    QFETCH(bool, must);
    demand(FactorPolicy::Demand(required));
    const User bob = m_world->add(u"bob@example.com"_s);
    if (isAdmin)
        QVERIFY(m_world->accounts.edit(bob.id, {.addRoles = {u"admin"_s}}, u"test"_s, m_clock.now()));
    const auto outcome = m_world->signIn.byPassword({.email = u"bob@example.com"_s, .password = password}, m_world->client, m_clock.now());
    QCOMPARE(std::holds_alternative<FactorNeeded>(outcome.value()), must);
}

void TestPendingSignIns::registration_whereEverybodyMust_opensNothing()
{
    demand(FactorPolicy::Demand::All);
    const auto outcome =
        m_world->registration.signUp({.email = u"new@example.com"_s, .password = password}, m_world->client, m_clock.now()).value();
    const auto &needed = std::get<FactorNeeded>(outcome);
    QVERIFY(needed.enrol);
    const auto user = m_world->accounts.findByEmail(u"new@example.com"_s).value();
    QVERIFY(user.has_value() && !user->lastSignInAt);
    QVERIFY(m_world->sessions.findByUser(user->id, m_clock.now()).value().isEmpty());
    const QByteArray ticket = Challenges::idOf(needed.ticket).value();
    const auto begun = m_world->pending.beginTotp(ticket, {}, m_clock.now()).value();
    const auto signedIn = m_world->pending.confirmTotp(ticket, begun.id, AuthenticatorApp(begun.secret).codeAt(m_clock.now()), {},
                                                       m_world->client, m_clock.now());
    QVERIFY(signedIn && m_world->isGood(signedIn->tokens.accessToken));
}

/// Who added a passkey for comfort is not locked out of their password, for which there are no recovery codes. Where a factor is demanded,
/// it is one, and a password alone adds no app beside it.
void TestPendingSignIns::passkeyAlone_isAskedOnlyWhereDemanded()
{
    QVERIFY(m_world->factors.removeTotp(m_pair.user.id, m_setUp.factor, std::nullopt, m_clock.now()));
    addPasskey(m_pair.user.id);
    QVERIFY(std::holds_alternative<SignedIn>(signIn()));
    demand(FactorPolicy::Demand::All);
    const FactorNeeded needed = this->needed();
    QCOMPARE(needed.methods, QStringList {u"passkey"_s});
    QVERIFY(!needed.enrol);
    QCOMPARE(m_world->pending.beginTotp(begin(), {}, m_clock.now()).error().code, ErrorCode::InvalidToken);
}

QTEST_GUILESS_MAIN(TestPendingSignIns)
#include "TestPendingSignIns.moc"
