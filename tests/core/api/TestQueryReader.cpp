#include "core/api/body/FormEncoding.h"
#include "core/api/body/QueryReader.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What the gate lets nobody send over the wire; TestRouteKinds has the rest.
class TestQueryReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void brokenEscape_isRefused_data();
    void brokenEscape_isRefused();
    void fault_holdsNoValue();
    void manyParameters_costNoMoreThanTheirBytes();
};

void TestQueryReader::brokenEscape_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("whole") << "%41%c3%A4"_ba << true;
    QTest::newRow("none") << "a"_ba << true;
    QTest::newRow("empty") << ""_ba << true;
    QTest::newRow("alone") << "%"_ba << false;
    QTest::newRow("one digit") << "a%4"_ba << false;
    QTest::newRow("no digits") << "%zz"_ba << false;
    QTest::newRow("one and a half") << "%41%4g"_ba << false;
    QTest::newRow("a sign") << "%-1"_ba << false;
    QTest::newRow("doubled") << "%%41"_ba << false;
    QTest::newRow("no UTF-8") << "%ff"_ba << false;
}

void TestQueryReader::brokenEscape_isRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    QCOMPARE(strictFormText(text).has_value(), good);
    QCOMPARE(readQuery("a=1&b=" + text).has_value(), good);
    QCOMPARE(readQuery(text + "=1").has_value(), good);
}

void TestQueryReader::fault_holdsNoValue()
{
    const auto refusal = readQuery("token=hidden%zz&" + QByteArray(300, 'n') + "%zz=hidden");
    QVERIFY(!refusal);
    const QList<Fault> &faults = refusal.error().faults;
    QCOMPARE(faults.size(), 2);
    QCOMPARE(faults[0].location, (QList<QJsonValue> {u"query"_s, u"token"_s}));
    QCOMPARE(faults[1].location.last().toString().size(), 100);
    for (const Fault &fault : faults)
        QVERIFY(!fault.input && fault.context.isEmpty() && !fault.message.contains(u"hidden"));
    QVERIFY(!refusal.error().detail.contains(u"hidden"));
}

/// A ratio within one run.
void TestQueryReader::manyParameters_costNoMoreThanTheirBytes()
{
    const auto cost = [](const QByteArray &query) {
        QElapsedTimer timer;
        timer.start();
        (void)readQuery(query);
        return timer.nsecsElapsed();
    };
    QByteArray names;
    for (int i = 0; i < 100'000; ++i)
        names += QByteArray::number(i) + "=1&";
    const qint64 harmless = cost("a=" + QByteArray(names.size() - 2, 'a'));
    QVERIFY(cost(names) < harmless + 5'000'000); // it ends behind the sixty-fourth
    QVERIFY(cost(QByteArray("a=1&").repeated(names.size() / 4)) < harmless + 5'000'000);
}

QTEST_GUILESS_MAIN(TestQueryReader)
#include "TestQueryReader.moc"
