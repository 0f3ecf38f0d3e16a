#include "core/base/Bytes.h"
#include "core/signin/KnownDevices.h"
#include "core/storage/Database.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

class TestKnownDevices : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void browser_isKnownAtItsAccountAlone();
    void nextSignIn_keepsTheName();
    void mark_endsAfterHalfAYear();
    void sharedBrowser_knowsFiveAccounts();
    void nonsense_isNobody_data();
    void nonsense_isNobody();
    void everyBit_counts();
    void key_staysTheSame();
    void key_isOfThisDatabase();
    void nobody_isNeverKnown();

private:
    const KnownDevices &devices() const { return m_world->core->knownDevices; }
    std::optional<QByteArray> deviceOf(const QByteArray &cookie, Id user) const { return devices().deviceOf(cookie, user, m_clock.now()); }
    QByteArray noted(const QByteArray &before, Id user) const { return devices().noted(before, user, m_clock.now()); }
    Id newId() const { return Id::create(m_clock.now()); }
};

void TestKnownDevices::browser_isKnownAtItsAccountAlone()
{
    const Id ann = newId();
    const QByteArray cookie = noted({}, ann);
    QCOMPARE(cookie.size(), 44);
    QCOMPARE(deviceOf(cookie, ann)->size(), 9);
    QVERIFY(!deviceOf(cookie, newId()));
    QVERIFY(!deviceOf({}, ann));
    QVERIFY(deviceOf(noted({}, ann), ann) != deviceOf(cookie, ann)); // another browser
    QVERIFY(!cookie.contains(ann.toString().toLatin1()));
}

void TestKnownDevices::nextSignIn_keepsTheName()
{
    const Id ann = newId();
    const QByteArray first = noted({}, ann);
    m_clock.advance(std::chrono::days {100});
    const QByteArray second = noted(first, ann);
    QCOMPARE(second.size(), first.size());
    QVERIFY(second != first);
    QCOMPARE(deviceOf(second, ann), deviceOf(first, ann));
    m_clock.advance(std::chrono::days {100});
    QVERIFY(!deviceOf(first, ann));
    QVERIFY(deviceOf(second, ann));
}

void TestKnownDevices::mark_endsAfterHalfAYear()
{
    const Id ann = newId();
    const QByteArray cookie = noted({}, ann);
    m_clock.advance(KnownDevices::lifetime - 1ms);
    QVERIFY(deviceOf(cookie, ann));
    m_clock.advance(1ms);
    QVERIFY(!deviceOf(cookie, ann));
    QVERIFY(deviceOf(noted(cookie, ann), ann));
}

void TestKnownDevices::sharedBrowser_knowsFiveAccounts()
{
    QList<Id> users;
    QByteArray cookie;
    for (int i = 0; i < 7; ++i, m_clock.advance(1s)) {
        users += newId();
        cookie = noted(cookie, users.last());
    }
    QCOMPARE(cookie.size(), 5 * 44 + 4);
    for (int i = 0; i < 7; ++i)
        QCOMPARE(deviceOf(cookie, users[i]).has_value(), i >= 2);
    cookie = noted(noted(cookie, users[2]), newId()); // who came back is not the oldest any more
    QVERIFY(deviceOf(cookie, users[2]));
    QVERIFY(!deviceOf(cookie, users[3]));
}

void TestKnownDevices::nonsense_isNobody_data()
{
    QTest::addColumn<QByteArray>("cookie");
    QTest::newRow("a word") << "hello"_ba;
    QTest::newRow("dots") << "....."_ba;
    QTest::newRow("zeros") << toBase64Url(QByteArray(33, '\0'));
    QTest::newRow("a time far ahead") << toBase64Url(QByteArray(33, '\x7f'));
    QTest::newRow("a time before all time") << toBase64Url(QByteArray(33, '\xff'));
    QTest::newRow("too short") << toBase64Url(QByteArray(32, 'a'));
    QTest::newRow("too long") << toBase64Url(QByteArray(66, 'a'));
    QTest::newRow("far too long") << QByteArray(100'000, 'a');
    QTest::newRow("far too many") << QByteArray(5'000, '.');
}

void TestKnownDevices::nonsense_isNobody()
{
    QFETCH(QByteArray, cookie);
    const Id ann = newId();
    QVERIFY(!deviceOf(cookie, ann));
    const QByteArray after = noted(cookie, ann);
    QVERIFY(after.size() <= 5 * 44 + 4);
    QVERIFY(deviceOf(after, ann));
}

void TestKnownDevices::everyBit_counts()
{
    const Id ann = newId();
    const QByteArray mark = *fromBase64Url(noted({}, ann));
    for (qsizetype bit = 0; bit < 8 * mark.size(); ++bit) {
        QByteArray bent = mark;
        bent[bit / 8] = char(bent[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY2(!deviceOf(toBase64Url(bent), ann), qPrintable(QString::number(bit)));
    }
}

void TestKnownDevices::key_staysTheSame()
{
    const Id ann = newId();
    const QByteArray cookie = noted({}, ann);
    const auto known = deviceOf(cookie, ann);
    reopen();
    QCOMPARE(deviceOf(cookie, ann), known);
    QCOMPARE(m_world->database->reader().number(u"SELECT count(*) FROM facts WHERE key = 'known_devices_key'"_s).value(), 1);
}

void TestKnownDevices::key_isOfThisDatabase()
{
    const Id ann = newId();
    const QByteArray cookie = noted({}, ann);
    const QTemporaryDir elsewhere;
    const World other(elsewhere.path(), m_clock);
    (void)other.core->knownDevices.noted({}, ann, m_clock.now());
    QVERIFY(!other.core->knownDevices.deviceOf(cookie, ann, m_clock.now()));
}

void TestKnownDevices::nobody_isNeverKnown() { QVERIFY(!deviceOf(noted({}, Id {}), Id {})); }

QTEST_GUILESS_MAIN(TestKnownDevices)
#include "TestKnownDevices.moc"
