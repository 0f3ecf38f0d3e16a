#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"

#include <QMessageBox>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// A user's second factors as people will see them; nothing of them is cut off.
class TestFactorsScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void factors_fit_data();
    void factors_fit();
};

void TestFactorsScreenshots::factors_fit_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    const QSize large(1280, 1000);
    for (const char *what : {"everything", "nothing", "missing", "odd-names", "no-password"}) {
        const QString name = QString::fromLatin1(what);
        QTest::addRow("factors-%s", what) << name << large << false << false;
        QTest::addRow("factors-%s-dark", what) << name << large << true << false;
        QTest::addRow("factors-%s-small", what) << name << QSize(960, 690) << false << false;
    }
    QTest::newRow("factors-everything-long-dark") << u"everything"_s << large << true << true;
}

/// A user's second factors, beside the list; and, where there are some, the question before they are reset.
void TestFactorsScreenshots::factors_fit()
{
    QFETCH(QString, what);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    m_scene->fill();
    FactorsView factors = m_scene->everyFactor();
    if (what == "odd-names"_L1) {
        factors.totp[0].name = QString(64, u'W');
        factors.totp[1].name = u"הטלפון של שרה (iPhone 15)"_s;
        factors.passkeys[0].name = u"\u202Eevil <b>bold</b> & %1"_s;
        factors.passkeys[1].name = u"名前と😀 "_s + QString(40, u'漢');
    } else if (what != "everything"_L1) {
        factors = {.required = what == "missing"_L1, .totp = {}, .passkeys = {}};
    }
    if (what == "no-password"_L1) {
        factors.passkeys = m_scene->everyFactor().passkeys;
        m_scene->console.userRows[3].passwordScheme.clear();
    }
    m_scene->giveFactors(3, factors);
    openWindowAt(u"users"_s, size);
    auto *page = window().findChild<QWidget *>(u"users"_s);
    listOf(*page)->selectRow(3);
    look(window());
    QCOMPARE(window().size(), size);
    QPushButton *reset = nullptr;
    for (auto *each : page->findChildren<QPushButton *>())
        reset = each->text().contains("second &factors"_L1) ? each : reset;
    QVERIFY(reset);
    if (!reset->isEnabled())
        return;
    reset->click();
    QVERIFY(settle());
    auto *box = page->findChild<QMessageBox *>(u"confirm"_s);
    QVERIFY(box);
    look(*box, tag() + u"-question"_s);
}

int main(int argc, char *argv[]) { return takePictures<TestFactorsScreenshots>(argc, argv); }
#include "TestFactorsScreenshots.moc"
