#include "core/credentials/QrCode.h"
#include "core/crypto/Totp.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace warder;

/// The picture that a phone looks at, held against a reader of such pictures.
class TestQrCode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reader_readsTheSameText_data();
    void reader_readsTheSameText();
    void picture_isXmlWithoutScript();
    void longestUri_fits();
    void tooMuch_throws();
};

namespace {

/// Draws the SVG's one path of rectangles, six pixels a module, as a PGM picture.
QByteArray drawn(const QByteArray &svg)
{
    constexpr int scale = 6;
    const QString text = QString::fromLatin1(svg);
    static const QRegularExpression box(u"viewBox=\"0 0 (\\d+) \\1\""_s);
    static const QRegularExpression run(u"M(\\d+) (\\d+)h(\\d+)v1h-\\3z"_s);
    const int side = box.match(text).captured(1).toInt() * scale;
    QByteArray pixels(qsizetype(side) * side, '\xff');
    for (const QRegularExpressionMatch &match : run.globalMatch(text)) {
        const auto number = [&match](int group) { return match.captured(group).toInt() * scale; };
        for (int y = number(2); y < number(2) + scale; ++y)
            std::fill_n(pixels.begin() + qsizetype(y) * side + number(1), number(3), '\0');
    }
    const QByteArray size = QByteArray::number(side);
    return "P5\n" + size + ' ' + size + "\n255\n" + pixels;
}

} // namespace

void TestQrCode::reader_readsTheSameText_data()
{
    QTest::addColumn<QString>("text");
    const QByteArray secret = "12345678901234567890";
    QTest::newRow("an app's link") << Totp::uriFor(u"Warder", u"ann@example.com", secret);
    QTest::newRow("an issuer in Unicode") << Totp::uriFor(u"Müller & Söhne 商店 🏪", u"ann+test@exämple.org", secret);
    QTest::newRow("a long one") << Totp::uriFor(u"A shop whose name is as long as may be", QString(120, u'x'), secret);
    QTest::newRow("one letter") << u"x"_s;
}

void TestQrCode::reader_readsTheSameText()
{
    QFETCH(QString, text);
    const QTemporaryDir folder;
    QFile picture(folder.filePath(u"qr.pgm"_s));
    QVERIFY(picture.open(QIODevice::WriteOnly));
    picture.write(drawn(qrCodeSvg(text)));
    picture.close();
    QProcess reader;
    reader.start(u"ZXingReader"_s, {u"-1"_s, picture.fileName()});
    QVERIFY2(reader.waitForFinished(), "ZXingReader is needed for this test");
    const QByteArray said = reader.readAllStandardOutput() + reader.readAllStandardError();
    QVERIFY2(said.contains(text.toUtf8()), said);
}

void TestQrCode::picture_isXmlWithoutScript()
{
    const QByteArray svg = qrCodeSvg(u"<script>&\"'");
    QStringList elements;
    QXmlStreamReader xml(svg);
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement)
            elements += xml.name().toString();
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(elements, QStringList({u"svg"_s, u"path"_s, u"path"_s}));
    QVERIFY(svg.contains("fill=\"#fff\"")); // also on a dark page
}

/// The longest issuer and account that there may be, of characters that take the most.
void TestQrCode::longestUri_fits()
{
    const QString issuer = u"🏪"_s.repeated(40);
    const QString svg = QString::fromLatin1(qrCodeSvg(Totp::uriFor(issuer, QString(254, QChar(0x5546)), QByteArray(20, 'x'))));
    QVERIFY(svg.startsWith(u"<svg"_s));
}

void TestQrCode::tooMuch_throws() { QVERIFY_THROWS_EXCEPTION(std::exception, qrCodeSvg(QString(2400, QChar(0xe4)))); }

QTEST_GUILESS_MAIN(TestQrCode)
#include "TestQrCode.moc"
