#include "core/api/body/Multipart.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestMultipart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textFields_areRead_data();
    void textFields_areRead();
    void boundary_isFound_data();
    void boundary_isFound();
    void allElse_isRefused_data();
    void allElse_isRefused();
};

namespace {

const QByteArray type = "multipart/form-data; boundary=x";

/// A part with these header lines and this value.
QByteArray part(const QByteArray &head, const QByteArray &value) { return "--x\r\n" + head + "\r\n\r\n" + value + "\r\n"; }
QByteArray field(const QByteArray &name, const QByteArray &value)
{
    return part("Content-Disposition: form-data; name=\"" + name + '"', value);
}

} // namespace

void TestMultipart::textFields_areRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QJsonObject>("fields");
    const QJsonObject a {{u"a"_s, u"1"_s}};
    QTest::newRow("one") << field("a", "1") + "--x--\r\n" << a;
    QTest::newRow("without a line end behind it") << field("a", "1") + "--x--" << a;
    QTest::newRow("two") << field("a", "1") + field("b", "2") + "--x--\r\n" << QJsonObject {{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}};
    QTest::newRow("none") << "--x--\r\n"_ba << QJsonObject();
    QTest::newRow("an empty value") << field("a", "") + "--x--" << QJsonObject {{u"a"_s, u""_s}};
    QTest::newRow("line ends in the value") << field("a", "\r\n1\r\n\r\n") + "--x--" << QJsonObject {{u"a"_s, u"\r\n1\r\n\r\n"_s}};
    QTest::newRow("almost a boundary in the value") << field("a", "-x\r\n-x--x") + "--x--" << QJsonObject {{u"a"_s, u"-x\r\n-x--x"_s}};
    QTest::newRow("nothing is unescaped") << field("a", "%41+b&c=d") + "--x--" << QJsonObject {{u"a"_s, u"%41+b&c=d"_s}};
    QTest::newRow("UTF-8") << field("ä", "ö") + "--x--" << QJsonObject {{u"ä"_s, u"ö"_s}};
    QTest::newRow("a byte order mark is a character") << field("a", "\xef\xbb\xbf"
                                                                    "1")
                                                             + "--x--"
                                                      << QJsonObject {{u"a"_s, QString(u"\ufeff"
                                                                                       "1")}};
    QTest::newRow("with a type") << part("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=UTF-8", "1")
                                        + "--x--"
                                 << a;
    QTest::newRow("as Python's requests spells it")
        << part("content-disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: 8bit", "1") + "--x--" << a;
}

void TestMultipart::textFields_areRead()
{
    QFETCH(QByteArray, body);
    const auto fields = readMultipart(type, body);
    QVERIFY(fields);
    QTEST(*fields, "fields");
}

void TestMultipart::boundary_isFound_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<bool>("found");
    for (const char *good : {"multipart/form-data; boundary=x", "multipart/form-data;boundary=x", "Multipart/Form-Data; Boundary=\"x\"",
                             "multipart/form-data; charset=utf-8; boundary=x", "multipart/form-data; boundary=x; charset=utf-8"})
        QTest::newRow(good) << QByteArray(good) << true;
    for (const char *bad :
         {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=y",
          "multipart/form-data; xboundary=x", "multipart/form-data; boundary=\"x", "multipart/form-data; boundary=x y",
          "multipart/form-data; boundary=x\"", "multipart/form-data; boundary=\"x \""})
        QTest::newRow(bad) << QByteArray(bad) << false;
}

void TestMultipart::boundary_isFound()
{
    QFETCH(QByteArray, contentType);
    QTEST(readMultipart(contentType, field("a", "1") + "--x--").has_value(), "found");
}

void TestMultipart::allElse_isRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray end = "--x--\r\n";
    const QByteArray named = "Content-Disposition: form-data; name=\"a\"";
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no boundary") << "a=1"_ba;
    QTest::newRow("no end") << field("a", "1");
    QTest::newRow("cut in the middle") << field("a", "1") + "--x-";
    QTest::newRow("something before") << "preamble\r\n" + field("a", "1") + end;
    QTest::newRow("a line end before") << "\r\n" + field("a", "1") + end;
    QTest::newRow("something behind") << field("a", "1") + end + "epilogue";
    QTest::newRow("blanks behind the boundary") << "--x \r\n" + named + "\r\n\r\n1\r\n" + end;
    QTest::newRow("line feeds only") << "--x\n" + named + "\n\n1\n--x--\n";
    QTest::newRow("a line feed in the head") << part(named + "\nX: 1", "1") + end;
    QTest::newRow("a name twice") << field("a", "1") + field("a", "2") + end;
    QTest::newRow("no head") << part("", "1") + end;
    QTest::newRow("no empty line behind the head") << "--x\r\n" + named + "\r\n" + end;
    QTest::newRow("no name") << part("Content-Disposition: form-data", "1") + end;
    QTest::newRow("an empty name") << field("", "1") + end;
    QTest::newRow("a name without quotes") << part("Content-Disposition: form-data; name=a", "1") + end;
    QTest::newRow("two names") << part(named + "; name=\"b\"", "1") + end;
    QTest::newRow("another name of RFC 5987") << part(named + "; name*=UTF-8''b", "1") + end;
    QTest::newRow("two dispositions") << part(named + "\r\n" + named, "1") + end;
    QTest::newRow("an escaped quote in the name") << field("a\\\"b", "1") + end;
    QTest::newRow("a control character in the name") << field("a\tb", "1") + end;
    QTest::newRow("a file") << part(named + "; filename=\"a.txt\"", "1") + end;
    QTest::newRow("a file of RFC 5987") << part(named + "; filename*=UTF-8''a.txt", "1") + end;
    QTest::newRow("an attachment") << part("Content-Disposition: attachment; name=\"a\"", "1") + end;
    QTest::newRow("another type") << part(named + "\r\nContent-Type: application/json", "1") + end;
    QTest::newRow("parts within") << part(named + "\r\nContent-Type: multipart/mixed; boundary=y", "1") + end;
    QTest::newRow("another charset") << part(named + "\r\nContent-Type: text/plain; charset=latin1", "1") + end;
    QTest::newRow("base64") << part(named + "\r\nContent-Transfer-Encoding: base64", "MQ==") + end;
    QTest::newRow("an unknown field") << part(named + "\r\nX-A: 1", "1") + end;
    QTest::newRow("a folded field") << part("Content-Disposition: form-data;\r\n name=\"a\"", "1") + end;
    QTest::newRow("no UTF-8") << field("a", "\xe4") + end;
    QTest::newRow("UTF-8 cut at the end") << field("a", "x\xc3") + end;
    QTest::newRow("a name that is no UTF-8") << field("\xe4", "1") + end;
    QTest::newRow("a long head") << part(named + QByteArray(2000, ' '), "1") + end;
    QByteArray many;
    for (int i = 0; i < 65; ++i)
        many += field(QByteArray::number(i), "1");
    QTest::newRow("many parts") << many + end;
}

void TestMultipart::allElse_isRefused()
{
    QFETCH(QByteArray, body);
    QVERIFY(!readMultipart(type, body));
}

QTEST_GUILESS_MAIN(TestMultipart)
#include "TestMultipart.moc"
