#include "core/base/ProofKind.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// How a session was opened, in people's words.
class TestProofKind : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void text_isWhatPeopleCallIt_data();
    void text_isWhatPeopleCallIt();
    void kinds_areToldApart();
};

void TestProofKind::text_isWhatPeopleCallIt_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QStringList>("amr");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &method, const QStringList &amr, const QString &text) {
        QTest::newRow(name) << method << amr << text;
    };
    row("password", u"password"_s, {u"pwd"_s}, u"Password"_s);
    row("password and code", u"password"_s, {u"pwd"_s, u"otp"_s}, u"Password + code"_s);
    row("what says that these were two", u"password"_s, {u"pwd"_s, u"otp"_s, u"mfa"_s}, u"Password + code"_s);
    row("password and passkey", u"password"_s, {u"pwd"_s, u"pop"_s, u"user"_s}, u"Password + passkey"_s);
    row("passkey", u"passkey"_s, {u"pop"_s, u"user"_s}, u"Passkey"_s);
    row("passkey of a key for hardware", u"passkey"_s, {u"hwk"_s, u"user"_s}, u"Passkey"_s);
    row("passkey, and a password later", u"passkey"_s, {u"pop"_s, u"user"_s, u"pwd"_s}, u"Passkey + password"_s);
    row("mail", u"email"_s, {u"email"_s}, u"E-mail"_s);
    row("mail and code", u"email"_s, {u"email"_s, u"otp"_s}, u"E-mail + code"_s);
    row("three", u"password"_s, {u"pwd"_s, u"otp"_s, u"pop"_s}, u"Password + code + passkey"_s);
    row("a provider", u"Example"_s, {u"fed"_s}, u"Example"_s);
    row("a provider, as it is named", u"gitlab-2"_s, {u"fed"_s}, u"gitlab-2"_s);
    row("a provider and code", u"google"_s, {u"fed"_s, u"otp"_s}, u"google + code"_s);
    row("a provider that is named like something else", u"passkey"_s, {u"fed"_s}, u"passkey"_s);
    row("what nobody has a word for", u"password"_s, {u"pwd"_s, u"iris"_s}, u"Password + iris"_s);
    row("nothing but a method", u"password"_s, {}, u"Password"_s);
    row("another order", u"password"_s, {u"otp"_s, u"pwd"_s}, u"Password + code"_s);
    row("one twice", u"password"_s, {u"pwd"_s, u"pwd"_s, u"iris"_s, u"iris"_s}, u"Password + iris"_s);
    row("nothing at all", {}, {}, {});
    row("an empty one", u"password"_s, {QString()}, u"Password"_s);
}

void TestProofKind::text_isWhatPeopleCallIt()
{
    QFETCH(const QString, method);
    QFETCH(const QStringList, amr);
    QTEST(proofText(method, amr), "text");
}

void TestProofKind::kinds_areToldApart()
{
    const QList<ShownProof> shown {{.kind = ProofKind::Password}, {.kind = ProofKind::Code}, {.kind = ProofKind::Other, .name = u"iris"_s}};
    QCOMPARE(proofsOf(u"password"_s, {u"pwd"_s, u"otp"_s, u"iris"_s}), shown);
    QCOMPARE(proofsOf(u"google"_s, {u"fed"_s}), QList<ShownProof>({{.kind = ProofKind::Provider, .name = u"google"_s}}));
}

QTEST_GUILESS_MAIN(TestProofKind)
#include "TestProofKind.moc"
