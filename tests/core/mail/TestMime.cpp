#include "core/mail/MimeMessage.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

const Id id = Id::fromString(u"0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"_s).value();

MimeMessage message()
{
    return {.id = id,
            .from = {.address = u"no-reply@example.com"_s, .name = u"Warder"_s},
            .to = u"ann@example.org"_s,
            .subject = u"Hello"_s,
            .text = u"Hi\n"_s,
            .html = u"<p>Hi</p>\n"_s,
            .language = u"en"_s,
            .date = fromMilliseconds(1'795'902'000'000)};
}

/// As a mail program reads it: folded lines in one, encoded words decoded.
QString headerOf(const QByteArray &bytes, const QByteArray &name)
{
    QByteArray head = bytes.first(bytes.indexOf("\r\n\r\n"));
    head.replace("\r\n ", " ");
    for (const QByteArray &line : head.split('\n')) {
        if (!line.startsWith(name + ':'))
            continue;
        QString text = QString::fromUtf8(line.sliced(name.size() + 1)).trimmed();
        static const QRegularExpression word(u"=\\?utf-8\\?B\\?([^?]*)\\?=( (?==\\?))?"_s);
        QString decoded;
        qsizetype at = 0;
        for (const auto &match : word.globalMatch(text)) {
            decoded +=
                text.sliced(at, match.capturedStart() - at) + QString::fromUtf8(QByteArray::fromBase64(match.captured(1).toLatin1()));
            at = match.capturedEnd();
        }
        return decoded + text.sliced(at);
    }
    return {};
}

QString partOf(const QByteArray &bytes, const QByteArray &type)
{
    const qsizetype head = bytes.indexOf("Content-Type: " + type + ';');
    const qsizetype begin = bytes.indexOf("\r\n\r\n", head) + 4;
    QByteArray body = bytes.sliced(begin, bytes.indexOf("\r\n--=_", begin) - begin);
    if (bytes.sliced(head, begin - head).contains("base64"))
        return QString::fromUtf8(QByteArray::fromBase64(body)).remove(u'\r');
    body.replace("=\r\n", "");
    QByteArray plain;
    for (qsizetype i = 0; i < body.size(); ++i) {
        if (body[i] != '=') {
            plain += body[i];
            continue;
        }
        plain += QByteArray::fromHex(body.sliced(i + 1, 2));
        i += 2;
    }
    return QString::fromUtf8(plain).remove(u'\r');
}

} // namespace

/// Messages as they are sent, read back as mail programs read them.
class TestMime : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void headers_sayWhoAndWhat();
    void texts_comeBackAsTheyWere_data();
    void texts_comeBackAsTheyWere();
    void names_comeBackAsTheyWere_data();
    void names_comeBackAsTheyWere();
    void lines_areShort_data();
    void lines_areShort();
    void injections_areRefused_data();
    void injections_areRefused();
    void sameId_isTheSameMessage();
};

void TestMime::headers_sayWhoAndWhat()
{
    MimeMessage mail = message();
    mail.replyTo = u"help@bücher.example"_s;
    const QByteArray bytes = mail.toBytes().value();
    QCOMPARE(headerOf(bytes, "Date"), u"Sat, 28 Nov 2026 21:40:00 +0000"_s);
    QCOMPARE(headerOf(bytes, "From"), u"\"Warder\" <no-reply@example.com>"_s);
    QCOMPARE(headerOf(bytes, "To"), u"ann@example.org"_s);
    QCOMPARE(headerOf(bytes, "Reply-To"), u"help@xn--bcher-kva.example"_s);
    QCOMPARE(headerOf(bytes, "Message-ID"), u"<0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b@example.com>"_s);
    QCOMPARE(headerOf(bytes, "Auto-Submitted"), u"auto-generated"_s);
    QCOMPARE(headerOf(bytes, "Content-Language"), u"en"_s);
    QVERIFY(!message().toBytes()->contains("Reply-To"));
    QCOMPARE(bytes.count("\r\n--=_"), 3);
    QVERIFY(bytes.endsWith("--\r\n"));
}

void TestMime::texts_comeBackAsTheyWere_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"Hello Ann,\n\n.a dot\n..two dots\nFrom here on\n-- \nWarder\n"_s;
    QTest::newRow("umlauts") << u"Größe über alles: „Übermut“\n"_s;
    QTest::newRow("Japanese") << u"メールアドレスの確認\n\nリンク：https://example.com/?a=1&b=2\n"_s.repeated(20);
    QTest::newRow("long line") << QString(u"https://example.com/verify?token="_s + QString(500, u'a') + u'\n');
    QTest::newRow("equals signs and blanks at ends") << u"a=b  \n= \n=3D\n\t\tx\t\n"_s;
    QTest::newRow("beyond the first plane") << u"🎉 party 🎉\n"_s.repeated(30);
    QTest::newRow("nothing") << QString();
}

void TestMime::texts_comeBackAsTheyWere()
{
    QFETCH(const QString, text);
    MimeMessage mail = message();
    mail.text = text;
    mail.html = u"<b>"_s + text;
    const QByteArray bytes = mail.toBytes().value();
    QCOMPARE(partOf(bytes, "text/plain"), text);
    QCOMPARE(partOf(bytes, "text/html"), mail.html);
}

void TestMime::names_comeBackAsTheyWere_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"Warder"_s;
    QTest::newRow("umlauts") << u"Wärder \"Team\" – Übermut & Söhne ✓"_s;
    QTest::newRow("long") << u"Bestätigen Sie Ihre E-Mail-Adresse für die sehr lange Anwendung mit dem Namen Übermut"_s;
    QTest::newRow("like an encoded word") << u"=?utf-8?B?ZXZpbA==?="_s;
    QTest::newRow("Japanese") << u"日本語の名前がとても長いときにどうなるかを見るための名前です"_s;
    QTest::newRow("long and plain") << QString(120, u'a');
}

void TestMime::names_comeBackAsTheyWere()
{
    QFETCH(const QString, name);
    MimeMessage mail = message();
    mail.subject = mail.from.name = name;
    const QByteArray bytes = mail.toBytes().value();
    QCOMPARE(headerOf(bytes, "Subject"), name);
    const QString from = headerOf(bytes, "From");
    QVERIFY2(from == name + u" <no-reply@example.com>"_s || from == u"\"%1\" <no-reply@example.com>"_s.arg(name), qPrintable(from));
}

void TestMime::lines_areShort_data() { texts_comeBackAsTheyWere_data(); }

void TestMime::lines_areShort()
{
    QFETCH(const QString, text);
    MimeMessage mail = message();
    mail.text = mail.html = text;
    mail.subject = mail.from.name = QString(text).replace(u'\n', u' ').remove(u'\t').left(200);
    const QByteArray bytes = mail.toBytes().value();
    for (const QByteArray &line : QByteArray(bytes).replace("\r\n", "\n").split('\n')) {
        QVERIFY2(line.size() <= 76, line);
        QVERIFY(!line.contains('\r'));
    }
    QCOMPARE(bytes.count('\n'), bytes.count("\r\n"));
}

void TestMime::injections_areRefused_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    const QString more = u"a\r\nBcc: evil@example.org"_s;
    for (const QString &field : {u"subject"_s, u"name"_s, u"language"_s}) {
        QTest::newRow(qPrintable(field)) << field << more;
        QTest::newRow(qPrintable(field + u", bare line feed"_s)) << field << u"a\nb"_s;
        QTest::newRow(qPrintable(field + u", NUL"_s)) << field << u"a\0b"_s;
        QTest::newRow(qPrintable(field + u", line separator"_s)) << field << u"a\u2028b"_s;
    }
    for (const QString &field : {u"from"_s, u"to"_s, u"reply"_s}) {
        QTest::newRow(qPrintable(field)) << field << u"a@example.com>\r\nRCPT TO:<evil@example.org"_s;
        QTest::newRow(qPrintable(field + u", two"_s)) << field << u"a@example.com,evil@example.org"_s;
    }
}

void TestMime::injections_areRefused()
{
    QFETCH(const QString, field);
    QFETCH(const QString, text);
    MimeMessage mail = message();
    const QHash<QString, QString *> fields {{u"subject"_s, &mail.subject},   {u"name"_s, &mail.from.name}, {u"language"_s, &mail.language},
                                            {u"from"_s, &mail.from.address}, {u"to"_s, &mail.to},          {u"reply"_s, &mail.replyTo}};
    *fields.value(field) = text;
    QCOMPARE(mail.toBytes().error().code, ErrorCode::InvalidInput);
}

void TestMime::sameId_isTheSameMessage() { QCOMPARE(message().toBytes().value(), message().toBytes().value()); }

QTEST_GUILESS_MAIN(TestMime)
#include "TestMime.moc"
