#include "core/base/Device.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestDevice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void deviceOf_names_data();
    void deviceOf_names();
};

void TestDevice::deviceOf_names_data()
{
    QTest::addColumn<QString>("device");
    const auto row = [](const char *userAgent, const QString &device) { QTest::newRow(userAgent) << device; };
    row("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", u"Firefox, Linux"_s);
    row("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        u"Chrome, Windows"_s);
    row("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
        u"Edge, Windows"_s);
    row("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
        u"Safari, macOS"_s);
    row("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/26.0 Mobile/15E148 Safari/604.1",
        u"Safari, iPhone"_s);
    row("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "CriOS/142.0 Mobile/15E148 Safari/604.1",
        u"Chrome, iPhone"_s);
    row("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
        u"Samsung Internet, Android"_s);
    row("curl/8.14.1", u"curl"_s);
    row("node", u"Node.js"_s);
    row("python-requests/2.32", u"Python"_s);
    row("", QString());
    row("FortyCharactersWithoutAnyKnownName12345\xf0\x9f\x90\xb4", u"FortyCharactersWithoutAnyKnownName12345"_s); // whole characters only
    row("MyOwnApp/3 build 17, which says very much about itself and more", u"MyOwnApp/3 build 17, which says very muc"_s);
}

void TestDevice::deviceOf_names() { QTEST(deviceOf(QString::fromUtf8(QTest::currentDataTag())), "device"); }

QTEST_GUILESS_MAIN(TestDevice)
#include "TestDevice.moc"
