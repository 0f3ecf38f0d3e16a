#include "core/base/Bytes.h"
#include "core/console/Json.h"
#include "core/console/orders/Refusals.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/SecretBytes.h"
#include "core/sessions/Sessions.h"
#include "core/telemetry/RecentRefusals.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/SigningKeys.h"
#include "core/tokens/TokenIssuer.h"
#include "tests/support/ConsoleWorld.h"

#include <QJsonDocument>

#include <algorithm>
#include <functional>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// Why a token or a request was refused: the exact reason, and never another verdict than the server's own.
class TestRefusalOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_w.reset(); }

    void goodTokens_passEverything_data();
    void goodTokens_passEverything();
    void accessToken_saysWhyNot_data();
    void accessToken_saysWhyNot();
    void refreshToken_saysWhyNot_data();
    void refreshToken_saysWhyNot();
    void foreignSignature_looksUpNobody();
    void formerToken_isJudgedAsAtTheRoutes();
    void asking_changesNothing();
    void request_saysWhatItWasRefusedFor_data();
    void request_saysWhatItWasRefusedFor();
    void list_isNewestFirst_pageByPage();
    void list_isSearched_data();
    void list_isSearched();
    void list_saysEachItsOwnReason();
    void list_holdsNoMoreThanIsRemembered();
    void list_refusesNonsense();
    void whatIsPasted_mayHaveItsHeader();
    void whatIsNothing_isSaidSo_data();
    void whatIsNothing_isSaidSo();
    void answer_holdsNoSecret();

private:
    using Act = std::function<void(TestRefusalOrders &)>;
    Result<RefusalView> why(const QString &given) { return got(m_w->console.ask(WhyRefused {.given = given})); }
    Result<PageOf<RefusalView>> list(const ListRefusals &order) { return got(m_w->console.ask(order)); }
    void refuse(const QString &id, ErrorCode code, const QString &route = u"/login"_s, const QString &rule = {})
    {
        m_w->world.core->refusals.add({.id = id,
                                       .at = m_w->clock.now(),
                                       .method = u"POST"_s,
                                       .route = route,
                                       .status = statusOf(code),
                                       .code = code,
                                       .why = u"because"_s,
                                       .address = u"192.0.2.7"_s,
                                       .rule = rule});
    }
    static QStringList idsOf(const PageOf<RefusalView> &page)
    {
        QStringList ids;
        for (const RefusalView &row : page.rows)
            ids += row.request->id;
        return ids;
    }
    static const RefusalCheckView *failedIn(const RefusalView &view)
    {
        const auto found = std::ranges::find(view.checks, CheckOutcome::Failed, &RefusalCheckView::outcome);
        return found == view.checks.end() ? nullptr : &*found;
    }
    /// One letter near the end, where the signature is.
    static void change(QByteArray &token)
    {
        char &letter = token[token.size() - 5];
        letter = letter == 'A' ? 'B' : 'A';
    }
    void endSession() { m_w->sessions.revokeById({m_pair.session.id}, SessionEnd::Admin, u"console"_s, m_w->clock.now()).value(); }
    void revokeKey()
    {
        SigningKeys &keys = m_w->world.keys;
        keys.revoke(keys.ring()->current(KeyPurpose::Access).kid, u"test"_s, m_w->clock.now()).value();
    }
    void spend()
    {
        m_w->world.refresh(m_pair.refreshToken).value();
        m_w->clock.advance(5min);
    }
    void disable()
    {
        m_w->world.database
            ->write([this](Transaction &transaction) {
                return m_w->world.accounts.setDisabled(transaction, m_pair.user.id, true, m_w->clock.now());
            })
            .value();
    }
    QString access() const { return QString::fromLatin1(m_pair.accessToken); }
    QString refresh() const { return QString::fromLatin1(m_pair.refreshToken); }

    std::unique_ptr<ConsoleWorld> m_w;
    TokenPair m_pair;
};

void TestRefusalOrders::init()
{
    m_w = std::make_unique<ConsoleWorld>();
    m_pair = m_w->join(u"ann@example.com"_s);
}

void TestRefusalOrders::goodTokens_passEverything_data()
{
    QTest::addColumn<bool>("isRefresh");
    QTest::newRow("access") << false;
    QTest::newRow("refresh") << true;
}

void TestRefusalOrders::goodTokens_passEverything()
{
    QFETCH(bool, isRefresh);
    const auto view = why(isRefresh ? refresh() : access()).value();
    QVERIFY(view.isAccepted);
    QVERIFY(!failedIn(view));
    QCOMPARE(view.subject, isRefresh ? RefusalSubject::RefreshToken : RefusalSubject::AccessToken);
    QCOMPARE(view.email, u"ann@example.com"_s);
    QCOMPARE(view.sessionId, m_pair.session.id);
}

void TestRefusalOrders::accessToken_saysWhyNot_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<RefusalCheck>("check");
    QTest::addColumn<RefusalReason>("reason");
    using enum RefusalReason;
    using T = TestRefusalOrders &;
    const auto row = [](const char *name, const Act &act, RefusalCheck check, RefusalReason reason) {
        QTest::newRow(name) << act << check << reason;
    };
    row("expired", [](T t) { t.m_w->clock.advance(20min); }, RefusalCheck::Times, Expired);
    row("from the future", [](T t) { t.m_w->clock.advance(-1h); }, RefusalCheck::Times, NotYetValid);
    row("session ended", [](T t) { t.endSession(); }, RefusalCheck::Session, SessionEnded);
    row("key revoked", [](T t) { t.revokeKey(); }, RefusalCheck::Key, KeyRevoked);
    row(
        "another issuer", [](T t) { t.m_w->world.core->tokenPolicy.issuer = u"https://other.example"_s; }, RefusalCheck::Issuer,
        IssuerOther);
    row("another audience", [](T t) { t.m_w->world.core->tokenPolicy.audience = u"other"_s; }, RefusalCheck::Audience, AudienceOther);
    row("changed on the way", [](T t) { change(t.m_pair.accessToken); }, RefusalCheck::Signature, SignatureWrong);
}

void TestRefusalOrders::accessToken_saysWhyNot()
{
    QFETCH(Act, act);
    act(*this);
    const auto view = why(access()).value();
    QVERIFY(!view.isAccepted);
    QVERIFY(!m_w->world.isGood(m_pair.accessToken));
    const RefusalCheckView *failed = failedIn(view);
    QVERIFY(failed);
    QTEST(failed->check, "check");
    QTEST(failed->reason, "reason");
    if (failed->reason == RefusalReason::SessionEnded) {
        QCOMPARE(failed->by, u"console"_s);
        QCOMPARE(failed->found, u"admin"_s);
    }
}

void TestRefusalOrders::refreshToken_saysWhyNot_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<RefusalReason>("reason");
    using enum RefusalReason;
    using T = TestRefusalOrders &;
    const auto row = [](const char *name, const Act &act, RefusalReason reason) { QTest::newRow(name) << act << reason; };
    row("spent", [](T t) { t.spend(); }, TokenSpent);
    row("session ended", [](T t) { t.endSession(); }, SessionEnded);
    row("not used for long", [](T t) { t.m_w->clock.advance(std::chrono::days {15}); }, SessionExpired);
    row("changed on the way", [](T t) { change(t.m_pair.refreshToken); }, NoKeyFits);
    row("account disabled", [](T t) { t.disable(); }, AccountDisabled);
}

void TestRefusalOrders::refreshToken_saysWhyNot()
{
    QFETCH(Act, act);
    act(*this);
    const auto view = why(refresh()).value();
    QVERIFY(!view.isAccepted);
    const RefusalCheckView *failed = failedIn(view);
    QVERIFY(failed);
    QTEST(failed->reason, "reason");
}

/// Anybody can write a name into a token.
void TestRefusalOrders::foreignSignature_looksUpNobody()
{
    change(m_pair.accessToken);
    const auto view = why(access()).value();
    QVERIFY(view.email.isEmpty() && !view.userId && !view.sessionId);
}

/// Of the backend that was there before, whose secret was taken in: the routes that tell who somebody is take it.
void TestRefusalOrders::formerToken_isJudgedAsAtTheRoutes()
{
    const QByteArray secret(64, 's');
    const qint64 end = toMilliseconds(m_w->clock.now() + 1h) / 1000;
    const QByteArray claims = QJsonDocument(QJsonObject {{u"sub"_s, u"ann@example.com"_s}, {u"exp"_s, end}}).toJson(QJsonDocument::Compact);
    const QByteArray signedPart = toBase64Url(R"({"alg":"HS256","typ":"JWT"})") + '.' + toBase64Url(claims);
    const QString token = QString::fromLatin1(signedPart + '.' + toBase64Url(hmacSha256(secret, signedPart)));
    QVERIFY(!why(token)->isAccepted); // before the secret is there
    m_w->clock.advance(1s);
    QVERIFY(m_w->world.keys.importFormer(SecretBytes(secret), std::chrono::days {30}, u"test"_s, m_w->clock.now()));
    const auto good = why(token).value();
    QVERIFY(good.isAccepted && !failedIn(good));
    QCOMPARE(good.email, u"ann@example.com"_s);
    QCOMPARE(good.checks.last().reason, RefusalReason::TokenFormer);
    m_w->clock.advance(2h);
    const auto over = why(token).value();
    QVERIFY(!over.isAccepted && over.email.isEmpty());
    QCOMPARE(failedIn(over)->reason, RefusalReason::Said);
}

void TestRefusalOrders::asking_changesNothing()
{
    const TokenPair next = m_w->world.refresh(m_pair.refreshToken).value();
    m_w->clock.advance(5min);
    QVERIFY(!why(refresh())->isAccepted);
    QVERIFY(m_w->world.refresh(next.refreshToken)); // presenting the spent one had ended the session
}

void TestRefusalOrders::request_saysWhatItWasRefusedFor_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<RefusalCheck>("check");
    QTest::newRow("origin") << ErrorCode::OriginRefused << QString() << RefusalCheck::Origin;
    QTest::newRow("csrf") << ErrorCode::CsrfFailed << QString() << RefusalCheck::Csrf;
    QTest::newRow("limit") << ErrorCode::LimitReached << u"login_per_address"_s << RefusalCheck::Limit;
    QTest::newRow("blocked") << ErrorCode::AddressBlocked << QString() << RefusalCheck::Block;
    QTest::newRow("token") << ErrorCode::InvalidToken << QString() << RefusalCheck::Other;
}

void TestRefusalOrders::request_saysWhatItWasRefusedFor()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, rule);
    refuse(u"req-1"_s, code, u"/login"_s, rule);
    const auto view = why(u"req-1"_s).value();
    QCOMPARE(view.subject, RefusalSubject::Request);
    QCOMPARE(view.request->route, u"/login"_s);
    QCOMPARE(view.request->code, code);
    QTEST(failedIn(view)->check, "check");
}

void TestRefusalOrders::list_isNewestFirst_pageByPage()
{
    for (int i = 1; i <= 5; ++i)
        refuse(u"r-%1"_s.arg(i), ErrorCode::InvalidToken);
    ListRefusals order {.limit = 2};
    QList<QStringList> pages;
    do {
        const auto page = list(order).value();
        pages += idsOf(page);
        order.cursor = page.next;
        refuse(u"late"_s, ErrorCode::InvalidToken); // shifts no page
    } while (!order.cursor.isEmpty());
    QCOMPARE(pages, (QList<QStringList> {{u"r-5"_s, u"r-4"_s}, {u"r-3"_s, u"r-2"_s}, {u"r-1"_s}}));
}

void TestRefusalOrders::list_isSearched_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("ids");
    QTest::newRow("nothing") << QString() << QStringList {u"r-cors"_s, u"r-limit"_s, u"r-token"_s};
    QTest::newRow("id") << u"R-TOK"_s << QStringList {u"r-token"_s};
    QTest::newRow("address") << u"192.0.2"_s << QStringList {u"r-cors"_s, u"r-limit"_s, u"r-token"_s};
    QTest::newRow("route") << u"/me"_s << QStringList {u"r-token"_s};
    QTest::newRow("method and route") << u"post /login"_s << QStringList {u"r-cors"_s, u"r-limit"_s};
    QTest::newRow("code") << u"invalid_token"_s << QStringList {u"r-token"_s};
    QTest::newRow("status") << u"429"_s << QStringList {u"r-limit"_s};
    QTest::newRow("limit") << u"per_address"_s << QStringList {u"r-limit"_s};
    QTest::newRow("what only the log says") << u"because"_s << QStringList();
}

void TestRefusalOrders::list_isSearched()
{
    QFETCH(QString, text);
    refuse(u"r-token"_s, ErrorCode::InvalidToken, u"/me"_s);
    refuse(u"r-limit"_s, ErrorCode::LimitReached, u"/login"_s, u"login_per_address"_s);
    refuse(u"r-cors"_s, ErrorCode::OriginRefused);
    QTEST(idsOf(list({.text = text, .limit = 10}).value()), "ids");
}

/// A client chooses its ids itself.
void TestRefusalOrders::list_saysEachItsOwnReason()
{
    refuse(u"mine"_s, ErrorCode::CsrfFailed);
    refuse(u"mine"_s, ErrorCode::AddressBlocked);
    const auto page = list({.text = u"mine"_s, .limit = 10}).value();
    QCOMPARE(page.rows.size(), 2);
    QCOMPARE(failedIn(page.rows[0])->reason, RefusalReason::NetworkBlocked);
    QCOMPARE(failedIn(page.rows[1])->reason, RefusalReason::CsrfWrong);
    QVERIFY(page.rows[0].request->number > page.rows[1].request->number);
    QCOMPARE(page.rows[0].subject, RefusalSubject::Request);
}

void TestRefusalOrders::list_holdsNoMoreThanIsRemembered()
{
    for (size_t i = 0; i < RecentRefusals::most + 7; ++i)
        refuse(QString::number(i), ErrorCode::InvalidToken);
    ListRefusals order {.limit = 10'000};
    qsizetype rows = 0;
    do {
        const auto page = list(order).value();
        QVERIFY(page.rows.size() <= ListRefusals::longestPage);
        rows += page.rows.size();
        order.cursor = page.next;
    } while (!order.cursor.isEmpty());
    QCOMPARE(rows, qsizetype(RecentRefusals::most));
    QVERIFY(list({.cursor = u"7"_s, .limit = 5})->rows.isEmpty()); // they were pushed out meanwhile
}

void TestRefusalOrders::list_refusesNonsense()
{
    QCOMPARE(list({.cursor = u"x"_s, .limit = 5}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(list({.cursor = u"0"_s, .limit = 5}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(list({.text = QString(600, u'x'), .limit = 5}).error().code, ErrorCode::InvalidInput);
}

void TestRefusalOrders::whatIsPasted_mayHaveItsHeader()
{
    for (const QString &before : {u"Bearer "_s, u"bearer  "_s, u"Authorization: Bearer "_s, u"  "_s})
        QVERIFY2(why(before + access() + u'\n')->isAccepted, qPrintable(before));
}

void TestRefusalOrders::whatIsNothing_isSaidSo_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<ErrorCode>("code"); // Internal: it is answered
    QTest::newRow("nothing") << u"  "_s << ErrorCode::InvalidInput;
    QTest::newRow("far too much") << QString(20'000, u'x') << ErrorCode::InvalidInput;
    QTest::newRow("a request nobody knows") << u"4711"_s << ErrorCode::NotFound;
    QTest::newRow("a long word") << QString(100, u'e') << ErrorCode::Internal;
    QTest::newRow("three parts of rubbish") << u"a.b.c"_s << ErrorCode::Internal;
}

void TestRefusalOrders::whatIsNothing_isSaidSo()
{
    QFETCH(QString, given);
    QFETCH(ErrorCode, code);
    const auto view = why(given);
    if (code != ErrorCode::Internal) {
        QVERIFY(!view);
        QCOMPARE(view.error().code, code);
        return;
    }
    QCOMPARE(view->subject, RefusalSubject::Unknown);
    QCOMPARE(failedIn(*view)->reason, RefusalReason::NoToken);
}

void TestRefusalOrders::answer_holdsNoSecret()
{
    for (const QString &token : {access(), refresh()}) {
        const QByteArray answer = QJsonDocument(toJson(why(token).value()).toObject()).toJson();
        QVERIFY(!answer.contains(token.toUtf8()));
        QVERIFY(!answer.contains(token.section(u'.', -1).toUtf8())); // the signature
    }
}

QTEST_GUILESS_MAIN(TestRefusalOrders)
#include "TestRefusalOrders.moc"
