#include "core/base/Bytes.h"
#include "core/credentials/Challenges.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/FederatedTest.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <atomic>
#include <barrier>
#include <functional>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

namespace {

/// Whether an account has the address before somebody comes from a provider with it.
enum class There { Nobody, Proven, Unproven, Disabled };

const QString linkedAddress = u"ann@example.com"_s;

} // namespace

/// People sign in by a provider, over real sockets to one of our own.
class TestFederatedSignIn : public FederatedTest
{
    Q_OBJECT
private Q_SLOTS:
    void table_data();
    void table();
    void known_isKnownByItsSubjectAlone();
    void newAccount_isProvenAndHasNoPassword();
    void oddNames_areLeftOut();
    void disabled_isToldApart();
    void secondFactor_isAsked();
    void secondFactor_isTheProviders_whereSaid();
    void trustedBrowser_isNotAsked();
    void whoMustHaveAFactor_setsItUp();
    void attempt_isSpentByOneOfManyThreads();
    void strangersAtOnce_becomeOneAccount();
    void attempt_isOver_data();
    void attempt_isOver();
    void attempt_isBound_data();
    void attempt_isBound();
    void attempts_ofTwoTabs_areBothGood();
    void refusal_spendsTheAttempt();
    void answer_isACodeOrAnError();
    void secrets_areSealed();
    void start_isJudged();
    void turnedOffMeanwhile_isNotConfigured();
    void signIns_areRecorded();
    void former_ends();

private:
    /// An account with that address.
    void settle(There there);
    User ann() { return m_world->accounts.findByEmail(linkedAddress).value().value(); }
};

void TestFederatedSignIn::settle(There there)
{
    if (there == There::Nobody)
        return;
    m_world->add(linkedAddress);
    QVERIFY(
        execute(u"UPDATE users SET email_verified = ?, disabled = ?"_s, {int(there != There::Unproven), int(there == There::Disabled)}));
}

void TestFederatedSignIn::table_data()
{
    using enum There;
    QTest::addColumn<QJsonValue>("isVerified"); // by the provider
    QTest::addColumn<QString>("email");
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<There>("there");
    QTest::addColumn<bool>("linksByEmail");
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const QJsonValue &isVerified, bool isTrusted, There there, bool linksByEmail, bool isOpen,
                        const QString &word, const QString &email = linkedAddress) {
        QTest::newRow(name) << isVerified << email << isTrusted << there << linksByEmail << isOpen << word;
    };
    const QString exists = u"account_exists"_s;
    const QString unproven = u"email_not_verified"_s;
    row("proven on both sides", true, true, Proven, true, true, u"signed in"_s);
    row("proven on both sides, registration closed", true, true, Proven, true, false, u"signed in"_s);
    row("proven on both sides, in capitals", true, true, Proven, true, true, u"signed in"_s, u"Ann@EXAMPLE.com"_s);
    row("proven on both sides, and nobody shall be linked by that", true, true, Proven, false, true, exists);
    row("the account has not proven it (pre-hijacking)", true, true, Unproven, true, true, exists);
    row("the provider has not", false, true, Proven, true, true, exists);
    row("the provider does not say", QJsonValue::Undefined, true, Proven, true, true, exists);
    row("neither has", false, true, Unproven, true, true, exists);
    row("the provider is not trusted with it", true, false, Proven, true, true, exists);
    row("nobody has it", true, true, Nobody, true, true, u"created"_s);
    row("nobody has it, and nobody shall be linked by that", true, true, Nobody, false, true, u"created"_s);
    row("nobody has it, registration closed", true, true, Nobody, true, false, u"registration_closed"_s);
    row("nobody has it, and it is not proven", false, true, Nobody, true, true, unproven);
    row("nobody has it, and the provider is not trusted with it", true, false, Nobody, true, true, unproven);
    row("no address", true, true, Nobody, true, true, unproven, QString());
    row("no address that an account may have", true, true, Nobody, true, true, unproven, u"ann at example.com"_s);
    row("not proven, and nobody may ask for whom there are accounts", false, true, Proven, true, false, unproven);
    row("not proven, nobody has it, and nobody may ask", false, true, Nobody, true, false, unproven);
    row("the account is disabled", true, true, Disabled, true, true, u"account_disabled"_s);
    row("the account is disabled, and the address not proven", false, true, Disabled, true, true, exists);
}

void TestFederatedSignIn::table()
{
    QFETCH(const QJsonValue, isVerified);
    QFETCH(const QString, email);
    QFETCH(const bool, isTrusted);
    QFETCH(const There, there);
    QFETCH(const bool, linksByEmail);
    QFETCH(const bool, isOpen);
    QFETCH(const QString, word);
    settle(there);
    start([&](CorePolicies &policies) {
        policies.federated.linksByEmail = linksByEmail;
        policies.registration.isOpen = isOpen;
    });
    QVERIFY(providers().edit(u"example"_s, {.trustsEmail = isTrusted}, u"test"_s, m_clock.now()));
    const Person person {.email = email, .isVerified = isVerified};
    QCOMPARE(wordOf(come(person)), word);
    const bool isIn = word == "signed in"_L1 || word == "created"_L1;
    const auto account = m_world->accounts.findByEmail(linkedAddress).value();
    QCOMPARE(account.has_value(), there != There::Nobody || isIn);
    QCOMPARE(account ? identitiesOf(account->id).size() : 0, qsizetype(isIn));
    QCOMPARE(recorded(audit::identityLinked).size(), qsizetype(isIn));
    QCOMPARE(mails(), word == "signed in"_L1 ? QStringList {u"identity_linked ann@example.com"_s} : QStringList());
    QCOMPARE(wordOf(come(person)), isIn ? u"signed in"_s : word); // known by now, or as before
    QCOMPARE(mails().size(), qsizetype(word == "signed in"_L1));
}

/// Whatever its address is by now, and whether it says so.
void TestFederatedSignIn::known_isKnownByItsSubjectAlone()
{
    QCOMPARE(wordOf(come()), u"created"_s);
    const Id user = ann().id;
    m_world->add(u"bob@example.com"_s);
    QVERIFY(execute(u"UPDATE users SET email_verified = 1"_s));
    start();
    m_clock.advance(minutes {1});
    const auto moved = come({.email = u"bob@example.com"_s});
    QCOMPARE(wordOf(moved), u"signed in"_s);
    QCOMPARE(tokensIn(moved).user.id, user);
    Identity known = identitiesOf(user).first();
    QCOMPARE(known.email, u"bob@example.com"_s); // for display
    QCOMPARE(known.lastUsedAt, m_clock.now());
    QCOMPARE(tokensIn(come({.email = QString(), .isVerified = false})).user.id, user);
    known = identitiesOf(user).first();
    QVERIFY(known.email == "bob@example.com"_L1 && known.isEmailVerified); // some tell it only once
    const auto other = come({.subject = u"U1"_s});                         // of another there
    QCOMPARE(tokensIn(other).user.id, user);                               // by the address, which is proven on both sides
    QCOMPARE(identitiesOf(user).size(), 2);
}

void TestFederatedSignIn::newAccount_isProvenAndHasNoPassword()
{
    const auto made = come({.email = u"Ann@example.com"_s, .name = u"Ann Ä"_s});
    QCOMPARE(wordOf(made), u"created"_s);
    const User user = ann();
    QCOMPARE(user.name, u"Ann Ä"_s);
    QVERIFY(user.emailVerified && user.passwordScheme.isEmpty() && user.roles.isEmpty());
    QVERIFY(m_world->isGood(tokensIn(made).accessToken));
    QCOMPARE(m_world->login(linkedAddress).error().code, ErrorCode::InvalidCredentials);
    const Session session = m_world->sessions.findByUser(user.id, m_clock.now())->first();
    QCOMPARE(session.method, u"example"_s);
    QCOMPARE(session.amr, QStringList {u"fed"_s});
    QCOMPARE(session.authenticatedAt, m_clock.now());
    QVERIFY(m_world->listener.names().contains(u"user created"_s));
}

void TestFederatedSignIn::oddNames_areLeftOut()
{
    QCOMPARE(wordOf(come({.name = u"\u202eAnn\n"_s})), u"created"_s);
    QCOMPARE(ann().name, QString());
}

void TestFederatedSignIn::disabled_isToldApart()
{
    QCOMPARE(wordOf(come()), u"created"_s);
    QVERIFY(m_world->changes.setDisabled(ann().id, true, u"test"_s, m_clock.now()));
    QCOMPARE(wordOf(come()), u"account_disabled"_s);
    QVERIFY(m_world->sessions.findByUser(ann().id, m_clock.now())->isEmpty());
}

/// What the account has here is asked for here, whoever vouches for the rest.
void TestFederatedSignIn::secondFactor_isAsked()
{
    const SetUp phone = setUpTotp(*m_world, tokensIn(come()));
    m_clock.advance(Seconds {30});
    const qsizetype before = m_world->sessions.findByUser(ann().id, m_clock.now())->size();
    const auto outcome = come();
    QCOMPARE(wordOf(outcome), u"second factor"_s);
    const auto &needed = std::get<FactorNeeded>(*outcome->signIn);
    QCOMPARE(needed.methods, (QStringList {u"totp"_s, u"recovery_code"_s}));
    QCOMPARE(m_world->sessions.findByUser(ann().id, m_clock.now())->size(), before);
    const auto signedIn = m_world->pending.finish(Challenges::idOf(needed.ticket).value(), TotpProof {phone.app.codeAt(m_clock.now())}, {},
                                                  m_world->client, m_clock.now());
    QVERIFY(signedIn);
    QCOMPARE(signedIn->tokens.session.method, u"example"_s);
    QVERIFY(signedIn->tokens.session.amr.contains(u"fed"_s) && signedIn->tokens.session.amr.contains(u"otp"_s));
    QVERIFY(!signedIn->tokens.session.amr.contains(u"pwd"_s));
}

void TestFederatedSignIn::secondFactor_isTheProviders_whereSaid()
{
    setUpTotp(*m_world, tokensIn(come()));
    start([](CorePolicies &policies) { policies.federated.asksSecondFactor = false; });
    const auto outcome = come();
    QCOMPARE(wordOf(outcome), u"signed in"_s);
    QCOMPARE(tokensIn(outcome).session.amr, QStringList {u"fed"_s});
}

void TestFederatedSignIn::trustedBrowser_isNotAsked()
{
    const SetUp phone = setUpTotp(*m_world, tokensIn(come()));
    m_clock.advance(Seconds {30});
    const auto first = come();
    const auto remembered =
        m_world->pending.finish(Challenges::idOf(std::get<FactorNeeded>(*first->signIn).ticket).value(),
                                TotpProof {phone.app.codeAt(m_clock.now())}, {.rememberDevice = true}, m_world->client, m_clock.now());
    QVERIFY(remembered && !remembered->device.isEmpty());
    const auto second = finish(walk(), {.device = remembered->device});
    QCOMPARE(wordOf(second), u"signed in"_s);
    QVERIFY(!std::get<SignedIn>(*second->signIn).device.isEmpty());
    QCOMPARE(wordOf(finish(walk(), {.device = QByteArray(43, 'A')})), u"second factor"_s);
}

void TestFederatedSignIn::whoMustHaveAFactor_setsItUp()
{
    start([](CorePolicies &policies) { policies.factors.required = FactorPolicy::Demand::All; });
    const auto outcome = come();
    QCOMPARE(wordOf(outcome), u"second factor"_s);
    QVERIFY(std::get<FactorNeeded>(*outcome->signIn).enrol);
    QVERIFY(outcome->isNew);
}

void TestFederatedSignIn::attempt_isSpentByOneOfManyThreads()
{
    const FederatedReturn given = walk();
    std::atomic<int> won = 0;
    std::atomic<int> late = 0;
    {
        std::barrier together(16);
        std::vector<std::jthread> threads;
        for (int i = 0; i < 16; ++i)
            threads.emplace_back([&] {
                together.arrive_and_wait();
                const QString word = wordOf(finish(given));
                won += word == "created"_L1;
                late += word == "invalid_link"_L1;
            });
    }
    QCOMPARE(won, 1);
    QCOMPARE(late, 15);
    QCOMPARE(m_world->sessions.findByUser(ann().id, m_clock.now())->size(), 1);
}

/// Somebody new who comes in several tabs.
void TestFederatedSignIn::strangersAtOnce_becomeOneAccount()
{
    QList<FederatedReturn> all;
    for (int i = 0; i < 6; ++i)
        all += walk();
    std::atomic<int> created = 0;
    std::atomic<int> signedIn = 0;
    {
        std::barrier together(all.size());
        std::vector<std::jthread> threads;
        for (const FederatedReturn &given : std::as_const(all))
            threads.emplace_back([&] {
                together.arrive_and_wait();
                const QString word = wordOf(finish(given));
                created += word == "created"_L1;
                signedIn += word == "signed in"_L1;
            });
    }
    QCOMPARE(created, 1);
    QCOMPARE(signedIn, 5);
    QCOMPARE(identitiesOf(ann().id).size(), 1);
}

void TestFederatedSignIn::attempt_isOver_data()
{
    QTest::addColumn<qint64>("afterMs");
    QTest::addColumn<QString>("word");
    QTest::newRow("in time") << qint64(599'999) << u"created"_s;
    QTest::newRow("when it is over") << qint64(600'000) << u"invalid_link"_s;
}

void TestFederatedSignIn::attempt_isOver()
{
    QFETCH(const qint64, afterMs);
    const FederatedReturn given = walk();
    m_clock.advance(Milliseconds {afterMs});
    QTEST(wordOf(finish(given)), "word");
    QCOMPARE(wordOf(finish(given)), u"invalid_link"_s); // spent, or over
}

void TestFederatedSignIn::attempt_isBound_data()
{
    using Spoil = std::function<void(FederatedReturn &)>;
    QTest::addColumn<Spoil>("spoil");
    const auto row = [](const char *name, const Spoil &spoil) { QTest::newRow(name) << spoil; };
    row("another browser (login CSRF)", [](FederatedReturn &given) { given.browser = toBase64Url(QByteArray(32, 'x')); });
    row("no browser", [](FederatedReturn &given) { given.browser.clear(); });
    row("a browser that is none", [](FederatedReturn &given) { given.browser = "x"; });
    row("another state", [](FederatedReturn &given) { given.state = toBase64Url(QByteArray(32, 'x')); });
    row("no state", [](FederatedReturn &given) { given.state.clear(); });
    row("a state that is none", [](FederatedReturn &given) { given.state = QByteArray(100'000, 'x'); });
    row("another provider's callback (mix-up)", [](FederatedReturn &given) { given.provider = u"other"_s; });
    row("a callback of nobody", [](FederatedReturn &given) { given.provider = u"nobody"_s; });
}

void TestFederatedSignIn::attempt_isBound()
{
    using Spoil = std::function<void(FederatedReturn &)>;
    QFETCH(const Spoil, spoil);
    QVERIFY(providers().add(m_provider->client(u"other"_s), u"test"_s, m_clock.now()));
    const FederatedReturn right = walk();
    FederatedReturn given = right;
    spoil(given);
    QCOMPARE(wordOf(finish(given)), u"invalid_link"_s);
    QVERIFY(!signIns().wishesOf(given, m_clock.now()));
    QVERIFY(!m_provider->asked().contains("/token"));
    QCOMPARE(wordOf(finish(right)), u"created"_s); // nobody can spend what is another's
}

void TestFederatedSignIn::attempts_ofTwoTabs_areBothGood()
{
    const FederatedReturn first = walk({.provider = u"example"_s, .redirectTo = u"/a"_s, .byCookie = true});
    const FederatedReturn second = walk({.provider = u"example"_s, .redirectTo = u"/b"_s, .browser = first.browser});
    QCOMPARE(second.browser, first.browser);
    QVERIFY(second.state != first.state);
    const auto wishes = signIns().wishesOf(second, m_clock.now()).value();
    QVERIFY(wishes.redirectTo == "/b"_L1 && !wishes.byCookie);
    const auto later = finish(second);
    QCOMPARE(later->wishes.redirectTo, u"/b"_s);
    const auto earlier = finish(first);
    QVERIFY(earlier->wishes.redirectTo == "/a"_L1 && earlier->wishes.byCookie);
}

void TestFederatedSignIn::refusal_spendsTheAttempt()
{
    FederatedReturn denied = walk();
    denied.response = {.error = u"access_denied"_s};
    QCOMPARE(wordOf(finish(denied)), u"provider_denied"_s);
    QCOMPARE(wordOf(finish(denied)), u"invalid_link"_s);
    m_provider->lie({.claims = {{u"nonce"_s, u"x"_s}}});
    const FederatedReturn lied = walk();
    QCOMPARE(wordOf(finish(lied)), u"provider_error"_s);
    m_provider->lie({});
    QCOMPARE(wordOf(finish(lied)), u"invalid_link"_s);
    const auto failures = recorded(audit::loginFailed);
    QCOMPARE(failures.size(), 2);
    QCOMPARE(failures.last().details, (QJsonObject {{u"method"_s, u"example"_s}, {u"why"_s, u"provider_denied"_s}}));
    QCOMPARE(failures.last().address, u"192.0.2.7"_s);
}

void TestFederatedSignIn::answer_isACodeOrAnError()
{
    const FederatedReturn right = walk();
    FederatedReturn given = right;
    given.response.error = u"access_denied"_s;
    QCOMPARE(wordOf(finish(given)), u"invalid_link"_s);
    given.response = {};
    QCOMPARE(wordOf(finish(given)), u"invalid_link"_s);
    given.response.code = QString(AuthorizationResponse::longestCode + 1, u'x');
    QCOMPARE(wordOf(finish(given)), u"invalid_link"_s);
    QCOMPARE(wordOf(finish(right)), u"created"_s);
}

/// Who can read the disk can finish no sign-in that is under way, and has nothing of one that was.
void TestFederatedSignIn::secrets_areSealed()
{
    const StartedSignIn started = signIns().start({.provider = u"example"_s, .redirectTo = u"/hidden"_s}, m_clock.now()).value();
    const QUrlQuery asked(QUrl::fromEncoded(started.authorizationUrl));
    const auto back = m_provider->authorize(started.authorizationUrl);
    const QByteArrayList secrets {back.state,   asked.queryItemValue(u"nonce"_s).toLatin1(), started.browser,
                                  "/hidden"_ba, QByteArray(LyingProvider::accessToken),      QByteArray(LyingProvider::secret)};
    for (const bool isOver : {false, true}) {
        if (isOver)
            QVERIFY(finish({.provider = u"example"_s, .state = back.state, .browser = started.browser, .response = back.response}));
        QByteArray disk;
        for (const QFileInfo &file : QDir(m_folder->path()).entryInfoList(QDir::Files)) {
            QFile opened(file.filePath());
            QVERIFY(opened.open(QIODevice::ReadOnly));
            disk += opened.readAll();
        }
        QVERIFY(disk.contains("example")); // it is there that things are kept
        for (const QByteArray &secret : secrets)
            QVERIFY(!secret.isEmpty() && !disk.contains(secret));
    }
}

void TestFederatedSignIn::start_isJudged()
{
    const auto refusal = [this](const FederatedStart &wanted) { return signIns().start(wanted, m_clock.now()).error(); };
    QCOMPARE(refusal({.provider = u"nobody"_s}).code, ErrorCode::NotConfigured);
    QCOMPARE(refusal({.provider = QString(100'000, u'a')}).code, ErrorCode::NotConfigured);
    const Error foreign = refusal({.provider = u"example"_s, .callback = LyingProvider::callback + u"/"_s});
    QCOMPARE(foreign.code, ErrorCode::InvalidInput);
    QCOMPARE(foreign.faults.first().context.value("code"_L1), u"callback_unknown"_s);
    m_provider->lie({.documentStatus = 503});
    start();
    QCOMPARE(refusal({.provider = u"example"_s}).code, ErrorCode::ProviderError);
    QVERIFY(providers().edit(u"example"_s, {.isEnabled = false}, u"test"_s, m_clock.now()));
    QCOMPARE(refusal({.provider = u"example"_s}).code, ErrorCode::NotConfigured);
}

void TestFederatedSignIn::turnedOffMeanwhile_isNotConfigured()
{
    QCOMPARE(wordOf(come()), u"created"_s);
    const FederatedReturn first = walk();
    const FederatedReturn second = walk();
    QVERIFY(providers().edit(u"example"_s, {.isEnabled = false}, u"test"_s, m_clock.now()));
    QCOMPARE(wordOf(finish(first)), u"not_configured"_s);
    QVERIFY(m_world->core->identityChanges.removeProvider(u"example"_s, u"test"_s, m_clock.now()));
    QCOMPARE(wordOf(finish(second)), u"not_configured"_s);
}

void TestFederatedSignIn::signIns_areRecorded()
{
    QVERIFY(come());
    m_clock.advance(minutes {1});
    QVERIFY(come());
    const auto events = recorded(audit::loginSucceeded);
    QCOMPARE(events.size(), 2);
    QCOMPARE(events.first().details.value("method"_L1), u"example"_s);
    QCOMPARE(events.first().subject, std::optional(ann().id));
    const auto provider = providers().find(u"example"_s).value();
    QCOMPARE(provider->signIns, 2);
    QCOMPARE(provider->lastSignInAt, std::optional(m_clock.now()));
}

void TestFederatedSignIn::former_ends()
{
    const TokenPair former = m_world->join(u"bob@example.com"_s).value();
    QVERIFY(finish(walk(), {.former = {former.session.id}}));
    QVERIFY(!m_world->isGood(former.accessToken));
}

QTEST_GUILESS_MAIN(TestFederatedSignIn)
#include "TestFederatedSignIn.moc"
