#include "core/imports/PasswordColumn.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What stands in a column "password": nobody's hash becomes their password, and no password is refused as a hash without need.
class TestPasswordColumn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hash_isKnownByItsLook_data();
    void hash_isKnownByItsLook();
    void password_isNone_data();
    void password_isNone();
    void prefix_goes_data();
    void prefix_goes();
};

void TestPasswordColumn::hash_isKnownByItsLook_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    row("bcrypt", u"$2b$12$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG"_s);
    row("2x", u"$2x$12$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG"_s);
    row("Argon2d", u"$argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR"_s);
    row("MD5 of crypt", u"$1$abcdefgh$irWbblnpmw.5z7wgBnprh0"_s);
    row("SHA-512 of crypt", u"$6$abcdefgh$yVfUwsw5T.JApa8POvClA1pQ5peiq97DUNyXCZN5IrF"_s);
    row("WordPress", u"$P$B7889EMq/erHIuZapMB8GEizebcIy9."_s);
    row("passlib's PBKDF2", u"$pbkdf2-sha256$29000$N2YMIWQsBWBMae09x1jrPQ$1t8iyB2A"_s);
    row("Django", u"pbkdf2_sha256$600000$seasalt$FGmRuuHxW9M/dotzlqj+7MQMh6PO8HizVyHVdH8uf1I="_s);
    row("Django, beyond our bounds", u"pbkdf2_sha256$2147483648$seasalt$FGmRuuHxW9M/dotzlqj+7MQMh6PO8HizVyHVdH8uf1I="_s);
    row("Django, SHA-1", u"pbkdf2_sha1$260000$seasalt$UAGhiPVqdGTfz4xVSRzWDsq8UbU="_s);
    row("Django, Argon2", u"argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA"_s);
    row("Django, bcrypt of SHA-256", u"bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG"_s);
    row("Django, MD5", u"unsalted_md5$$5f4dcc3b5aa765d61d8327deb882cf99"_s);
    row("Django, none", u"!0123456789abcdefghijABCDEFGHIJ0123456789"_s);
    row("Werkzeug", u"scrypt:32768:8:1$salt$0123456789abcdef"_s);
    row("Better Auth", QString(32, u'0') + u':' + QString(128, u'0'));
    row("MD5", u"5f4dcc3b5aa765d61d8327deb882cf99"_s);
    row("SHA-1, in capitals", u"5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8"_s);
    row("SHA-256", QString(64, u'a'));
    row("Joomla", u"5f4dcc3b5aa765d61d8327deb882cf99:saltsaltsalt"_s);
    row("MySQL", u"*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"_s);
    row("LDAP", u"{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="_s);
    row("SHA-1 in base64", u"W6ph5Mm5Pz8GgiULbPgzG37mj9g="_s);
    row("64 bytes in base64", QString(86, u'a') + u"=="_s);
    row("a megabyte", QString(1 << 20, u' '));
}

void TestPasswordColumn::hash_isKnownByItsLook()
{
    QFETCH(const QString, text);
    QVERIFY(PasswordColumn::looksHashed(text));
}

void TestPasswordColumn::password_isNone_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u"correct horse battery staple"_s, u"pa$$word"_s, u"$ecret"_s, u"$money"_s, u"!Summer2024"_s, u"a:b:c"_s, u"{curly}"_s,
          u"scrypt"_s, u"md5"_s, u"deadbeef"_s, u"Zażółć gęślą jaźń"_s, u"\U0001F511\U0001F40E"_s, u"x=y=="_s,
          u"https://example.com/?a=b"_s, u"correcthorsebatterystapleandsomemore"_s, QString(31, u'0'), QString()})
        QTest::newRow(qPrintable(u"“%1”"_s.arg(text))) << text;
}

void TestPasswordColumn::password_isNone()
{
    QFETCH(const QString, text);
    QVERIFY(!PasswordColumn::looksHashed(text));
}

void TestPasswordColumn::prefix_goes_data()
{
    QTest::addColumn<QString>("hash");
    QTest::addColumn<QString>("without");
    QTest::newRow("Django, Argon2") << u"argon2$argon2id$v=19$x"_s << u"$argon2id$v=19$x"_s;
    QTest::newRow("Django, bcrypt") << u"bcrypt$$2b$12$x"_s << u"$2b$12$x"_s;
    QTest::newRow("Spring, bcrypt") << u"{bcrypt}$2a$10$x"_s << u"$2a$10$x"_s;
    QTest::newRow("Spring, Argon2") << u"{argon2}$argon2id$v=19$x"_s << u"$argon2id$v=19$x"_s;
    for (const QString &same : {u"bcrypt_sha256$$2b$12$x"_s, u"{noop}secret"_s, u"$2b$12$x"_s, u"argon2"_s, QString()})
        QTest::newRow(qPrintable(u"“%1” stays"_s.arg(same))) << same << same;
}

void TestPasswordColumn::prefix_goes()
{
    QFETCH(const QString, hash);
    QFETCH(const QString, without);
    QCOMPARE(PasswordColumn::withoutPrefix(hash), without);
}

QTEST_GUILESS_MAIN(TestPasswordColumn)
#include "TestPasswordColumn.moc"
