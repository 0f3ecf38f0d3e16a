#include "core/net/FreePort.h"

#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What is offered in place of a port that another program uses.
class TestFreePort : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void free_isWhatNobodyListensOn();
    void next_isFree_andTheRestStays();
    void everyAddress_movesTogether();
    void nothingIsUsed_nothingIsOffered();
    void lastPort_hasNoNext();
};

namespace {

ListenPoint at(quint16 port, const QHostAddress &address = QHostAddress::LocalHost)
{
    return {.place = {.address = address, .port = port}};
}

} // namespace

void TestFreePort::free_isWhatNobodyListensOn()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const quint16 port = other.serverPort();
    QVERIFY(!isFree(at(port).place));
    QVERIFY(!isFree(at(port, QHostAddress::AnyIPv4).place)); // everywhere is also there
    other.close();
    QVERIFY(isFree(at(port).place));
    QVERIFY(other.listen(QHostAddress::LocalHost, port)); // looking took nothing
    QVERIFY(isFree(at(0).place));
}

void TestFreePort::next_isFree_andTheRestStays()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const ListenPoint socket {.path = u"/run/warder/warder.sock"_s};
    const QList<ListenPoint> points {socket, at(other.serverPort())};
    const quint16 port = nextFreePort(points);
    QVERIFY(port > other.serverPort() && port <= other.serverPort() + 100);
    QCOMPARE(movedTo(port, points), (QList<ListenPoint> {socket, at(port)}));
    QTcpServer faster;
    QVERIFY(faster.listen(QHostAddress::LocalHost, port));
    QVERIFY(!movedTo(port, points));
    QVERIFY(nextFreePort(points) > port);
}

void TestFreePort::everyAddress_movesTogether()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QHostAddress second(u"127.0.0.2"_s);
    const QList<ListenPoint> points {at(other.serverPort(), second), at(other.serverPort())};
    const quint16 port = nextFreePort(points);
    QCOMPARE(movedTo(port, points), (QList<ListenPoint> {at(port, second), at(port)}));
    QTcpServer inTheWay;
    QVERIFY(inTheWay.listen(second, port));
    QVERIFY(nextFreePort(points) > port);
}

void TestFreePort::nothingIsUsed_nothingIsOffered()
{
    QCOMPARE(nextFreePort({{.path = u"/run/warder.sock"_s}, at(0)}), quint16(0));
    QVERIFY(!movedTo(8001, {at(0)}));
}

void TestFreePort::lastPort_hasNoNext()
{
    QTcpServer other;
    if (!other.listen(QHostAddress::LocalHost, 65535))
        QSKIP("somebody has the last port");
    QCOMPARE(nextFreePort({at(65535)}), quint16(0));
}

QTEST_GUILESS_MAIN(TestFreePort)
#include "TestFreePort.moc"
