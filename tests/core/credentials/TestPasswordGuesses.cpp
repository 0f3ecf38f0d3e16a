#include "core/credentials/PasswordGuesses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What passwords.min_guesses asks for by default, of people of any language.
class TestPasswordGuesses : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void commonOnes_areGuessed_data();
    void commonOnes_areGuessed();
    void ownWords_areGuessed();
    void others_areNot_data();
    void others_areNot();
};

namespace {

constexpr double million = 1'000'000;

} // namespace

void TestPasswordGuesses::commonOnes_areGuessed_data()
{
    QTest::addColumn<QString>("password");
    for (const char16_t *one :
         {u"password1",   u"qwertyuiop", u"пароль123",   u"Пароль123",   u"ПАРОЛЬ2024",  u"йцукенгш",     u"йцукен123",
          u"фывапролдж",  u"gfhjkm123",  u"любовь123",   u"наташа1990",  u"azerty123",   u"Azertyuiop",   u"qwertz1234",
          u"motdepasse1", u"jetaime123", u"bonjour1",    u"passwort123", u"Passwort1!",  u"geheim123",    u"schatzi123",
          u"fußball1",    u"Fußball1",   u"contraseña1", u"CONTRASEÑA1", u"contrasena1", u"tequiero1",    u"senha1234",
          u"flamengo1",   u"juventus1",  u"amoremio1",   u"hasło1234",   u"zaq12wsx",    u"galatasaray1", u"şifre1234",
          u"woaini1314",  u"woaini520",  u"sakura123",   u"パスワード1", u"привіт123",   u"україна1",     u"5201314520"})
        QTest::newRow(qPrintable(QString::fromUtf16(one))) << QString::fromUtf16(one);
}

void TestPasswordGuesses::commonOnes_areGuessed()
{
    QFETCH(QString, password);
    QVERIFY2(guessesOf(password, {}) < million, QByteArray::number(guessesOf(password, {})));
}

void TestPasswordGuesses::ownWords_areGuessed()
{
    const QStringList words = wordsOf(u"мария@example.com"_s, u"Мария Шостакович"_s);
    QVERIFY(guessesOf(u"шостакович1"_s, words) < million);
    QVERIFY(guessesOf(u"Шостакович1"_s, words) < million);
    QVERIFY(guessesOf(u"шостакович1"_s, {}) > million);
}

void TestPasswordGuesses::others_areNot_data()
{
    QTest::addColumn<QString>("password");
    for (const char16_t *one :
         {u"correct horse battery staple", u"korrektes pferd batterie klammer", u"лошадь батарея скрепка верно",
          u"Лошадь Батарея Скрепка Верно", u"cheval agrafe pile correct", u"正确的马电池订书针", u"kX9#vq2Lm!", u"ЪжЁ7щЮ№эпХ"})
        QTest::newRow(qPrintable(QString::fromUtf16(one))) << QString::fromUtf16(one);
}

void TestPasswordGuesses::others_areNot()
{
    QFETCH(QString, password);
    QVERIFY2(guessesOf(password, {}) > million, QByteArray::number(guessesOf(password, {})));
}

QTEST_GUILESS_MAIN(TestPasswordGuesses)
#include "TestPasswordGuesses.moc"
