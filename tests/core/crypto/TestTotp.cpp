#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/Totp.h"
#include "tests/support/AuthenticatorApp.h"

#include <QProcess>
#include <QTest>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Codes of authenticator apps, held against the RFCs' vectors and another implementation.
class TestTotp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void codes_areThoseOfTheRfc_data();
    void codes_areThoseOfTheRfc();
    void base32_isThatOfTheRfc_data();
    void base32_isThatOfTheRfc();
    void oathtool_agrees();
    void match_takesOneStepEachWay_data();
    void match_takesOneStepEachWay();
    void match_takesACodeOnce_data();
    void match_takesACodeOnce();
    void match_takesWhatPeopleType_data();
    void match_takesWhatPeopleType();
    void uri_isReadBack_data();
    void uri_isReadBack();
    void secrets_differ();

private:
    CryptoLibraries m_libraries;
    const TimePoint m_now = fromMilliseconds(1'700'000'015'000);
    const QByteArray m_secret = "12345678901234567890";
    const qint64 m_step = 1'700'000'015 / 30;
};

/// RFC 6238 appendix B, the rows of SHA-1; and RFC 4226 appendix D.
void TestTotp::codes_areThoseOfTheRfc_data()
{
    QTest::addColumn<qint64>("step");
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("code");
    const auto at = [](const char *name, qint64 seconds, const QString &code) { QTest::newRow(name) << seconds / 30 << 8 << code; };
    at("1970", 59, u"94287082"_s);
    at("2005, before the step", 1'111'111'109, u"07081804"_s);
    at("2005, after it", 1'111'111'111, u"14050471"_s);
    at("2009", 1'234'567'890, u"89005924"_s);
    at("2033", 2'000'000'000, u"69279037"_s);
    at("2603", 20'000'000'000, u"65353130"_s);
    const QStringList counted {u"755224"_s, u"287082"_s, u"359152"_s, u"969429"_s, u"338314"_s,
                               u"254676"_s, u"287922"_s, u"162583"_s, u"399871"_s, u"520489"_s};
    for (int i = 0; i < counted.size(); ++i)
        QTest::addRow("counter %d", i) << qint64(i) << 6 << counted[i];
}

void TestTotp::codes_areThoseOfTheRfc()
{
    QFETCH(qint64, step);
    QFETCH(int, size);
    QTEST(Totp::codeAt(m_secret, step, size), "code");
}

/// RFC 4648 §10.
void TestTotp::base32_isThatOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << ""_ba << u""_s;
    QTest::newRow("f") << "f"_ba << u"MY"_s;
    QTest::newRow("fo") << "fo"_ba << u"MZXQ"_s;
    QTest::newRow("foo") << "foo"_ba << u"MZXW6"_s;
    QTest::newRow("foob") << "foob"_ba << u"MZXW6YQ"_s;
    QTest::newRow("fooba") << "fooba"_ba << u"MZXW6YTB"_s;
    QTest::newRow("foobar") << "foobar"_ba << u"MZXW6YTBOI"_s;
    QTest::newRow("all bits") << QByteArray(5, '\xff') << u"77777777"_s;
}

void TestTotp::base32_isThatOfTheRfc()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(Totp::toBase32(bytes), text);
    QCOMPARE(fromBase32(text), bytes);
}

void TestTotp::oathtool_agrees()
{
    for (int i = 0; i < 20; ++i) {
        const SecretBytes secret = Totp::newSecret();
        const qint64 seconds = 1'700'000'015 + 7'777'777 * i;
        QProcess oathtool;
        oathtool.start(u"oathtool"_s, {u"--totp"_s, u"-b"_s, u"--now"_s, u"@%1"_s.arg(seconds), Totp::toBase32(secret.view())});
        QVERIFY2(oathtool.waitForFinished(), "oathtool is needed for this test");
        QCOMPARE(QString::fromLatin1(oathtool.readAllStandardOutput()).trimmed(), Totp::codeAt(secret.view(), seconds / 30));
    }
}

void TestTotp::match_takesOneStepEachWay_data()
{
    QTest::addColumn<int>("off");
    QTest::addColumn<bool>("taken");
    QTest::newRow("two steps before") << -2 << false;
    QTest::newRow("one before") << -1 << true;
    QTest::newRow("now") << 0 << true;
    QTest::newRow("one after") << 1 << true;
    QTest::newRow("two after") << 2 << false;
}

void TestTotp::match_takesOneStepEachWay()
{
    QFETCH(int, off);
    QFETCH(bool, taken);
    const auto step = Totp::match(m_secret, Totp::codeAt(m_secret, m_step + off), m_now, 0);
    QCOMPARE(step.has_value(), taken);
    if (taken)
        QCOMPARE(*step, m_step + off);
}

void TestTotp::match_takesACodeOnce_data()
{
    QTest::addColumn<int>("last"); // the step that was taken, from now
    QTest::addColumn<int>("off");
    QTest::addColumn<bool>("taken");
    QTest::newRow("the same again") << 0 << 0 << false;
    QTest::newRow("an older one") << 0 << -1 << false;
    QTest::newRow("the next one") << 0 << 1 << true;
    QTest::newRow("that of a clock that was ahead, again") << 1 << 1 << false;
    QTest::newRow("now's, after that of a clock that was ahead") << 1 << 0 << false;
    QTest::newRow("now's, after an older one") << -1 << 0 << true;
}

void TestTotp::match_takesACodeOnce()
{
    QFETCH(int, last);
    QFETCH(int, off);
    QTEST(Totp::match(m_secret, Totp::codeAt(m_secret, m_step + off), m_now, m_step + last).has_value(), "taken");
}

void TestTotp::match_takesWhatPeopleType_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("taken");
    const QString code = Totp::codeAt(m_secret, m_step);
    const auto shifted = [&code](char16_t zero) {
        QString text;
        for (const QChar digit : code)
            text += QChar(zero + digit.digitValue());
        return text;
    };
    QTest::newRow("as it is") << code << true;
    QTest::newRow("in two halves") << code.first(3) + u' ' + code.last(3) << true;
    QTest::newRow("with a hyphen") << code.first(3) + u'-' + code.last(3) << true;
    QTest::newRow("between blanks, with a line end") << u"  "_s + code + u"\t\n"_s << true;
    QTest::newRow("with a space that does not break") << code.first(3) + QChar(0xa0) + code.last(3) << true;
    QTest::newRow("full-width digits") << shifted(u'０') << true;
    QTest::newRow("Arabic digits") << shifted(u'٠') << true;
    QTest::newRow("Devanagari digits") << shifted(u'०') << true;
    QTest::newRow("nothing") << u""_s << false;
    QTest::newRow("blanks alone") << u"      "_s << false;
    QTest::newRow("a digit too few") << code.first(5) << false;
    QTest::newRow("a digit too many") << code + u'0' << false;
    QTest::newRow("a digit before it") << u'0' + code << false;
    QTest::newRow("words") << u"abcdef"_s << false;
    QTest::newRow("NUL behind it") << code + QChar(0) << false;
    QTest::newRow("very long") << QString(1'000'000, u'1') << false;
}

void TestTotp::match_takesWhatPeopleType()
{
    QFETCH(QString, typed);
    QTEST(Totp::match(m_secret, typed, m_now, 0).has_value(), "taken");
}

void TestTotp::uri_isReadBack_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("label");
    QTest::newRow("plain") << u"Warder"_s << u"ann@example.com"_s << u"Warder:ann@example.com"_s;
    QTest::newRow("what must be escaped") << u"Müller & Söhne?#/%"_s << u"ann+test@exämple.org"_s
                                          << u"Müller & Söhne?#/%:ann+test@exämple.org"_s;
    QTest::newRow("a colon, which parts the two") << u"Shop: EU"_s << u"a:b@example.com"_s << u"Shop EU:ab@example.com"_s;
    QTest::newRow("a long account") << u"Warder"_s << QString(200, u'a') << u"Warder:"_s + QString(120, u'a');
}

void TestTotp::uri_isReadBack()
{
    QFETCH(QString, issuer);
    QFETCH(QString, account);
    QFETCH(QString, label);
    const QString uri = Totp::uriFor(issuer, account, m_secret);
    QVERIFY(!uri.contains(u'+') && !uri.contains(u' '));
    const QUrl url(uri, QUrl::StrictMode);
    QVERIFY(url.isValid());
    QCOMPARE(url.scheme(), u"otpauth"_s);
    QCOMPARE(url.host(), u"totp"_s);
    QCOMPARE(QUrl::fromPercentEncoding(url.path(QUrl::FullyEncoded).sliced(1).toUtf8()), label);
    const QUrlQuery query(url);
    QCOMPARE(query.queryItems().size(), 2); // what apps assume is left out
    QCOMPARE(query.queryItemValue(u"issuer"_s, QUrl::FullyDecoded), issuer.remove(u':'));
    QCOMPARE(fromBase32(query.queryItemValue(u"secret"_s)), m_secret);
}

void TestTotp::secrets_differ()
{
    QCOMPARE(Totp::newSecret().view().size(), 20);
    QVERIFY(Totp::newSecret().view() != Totp::newSecret().view());
}

QTEST_GUILESS_MAIN(TestTotp)
#include "TestTotp.moc"
