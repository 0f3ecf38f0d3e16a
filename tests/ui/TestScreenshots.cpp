#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Pictures.h"
#include "tests/ui/support/Seen.h"
#include "tests/ui/support/Settle.h"

#include <QApplication>
#include <QPalette>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Renders every page as people will see it, for people to look at; fails when a label does not fit its place.
class TestScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void page_fits_data();
    void page_fits();
    void smallWindow_fits_data();
    void smallWindow_fits();
    void otherStyle_isRead_data();
    void otherStyle_isRead();

private:
    /// To users, sessions, mails and providers: long, from right to left, with marks and with tags.
    void giveOddNames();
};

void TestScreenshots::giveOddNames()
{
    for (qsizetype i = 0; i < m_scene->console.userRows.size(); ++i) {
        const QStringList odd {u"e"_s + QString(200, u'\u0301'),
                               QString(64, u'W') + u'@' + QString(185, u'W') + u".com"_s,
                               u"\u202Eevil\u2067"_s,
                               u"<b>bold</b> & %1 %n"_s,
                               u"שלום@דוגמה.ישראל"_s,
                               u"名前と😀 "_s + QString(60, u'漢')};
        m_scene->console.userRows[i].email = odd[i % odd.size()];
        m_scene->console.userRows[i].name = odd[(i + 1) % odd.size()];
        m_scene->console.sessionRows[i % 240].email = odd[i % odd.size()];
        m_scene->console.sessionRows[i % 240].device = odd[(i + 2) % odd.size()];
        m_scene->console.mailRows[i % 40].recipient = odd[i % odd.size()];
        m_scene->console.mailRows[i % 40].lastLine = odd[(i + 2) % odd.size()];
        m_scene->console.providerRows[i % 5].label = odd[i % odd.size()];
        m_scene->console.providerRows[i % 5].issuer = odd[(i + 3) % odd.size()];
    }
}

void TestScreenshots::page_fits_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("full");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::addColumn<double>("scale");
    for (const char *key : {"overview", "sessions", "users", "limits", "keys", "mail", "providers"}) {
        const QString page = QString::fromLatin1(key);
        QTest::addRow("%s-full-light", key) << page << true << false << false << 1.0;
        QTest::addRow("%s-full-dark", key) << page << true << true << false << 1.0;
        QTest::addRow("%s-empty-light", key) << page << false << false << false << 1.0;
        QTest::addRow("%s-empty-long-dark", key) << page << false << true << true << 1.0;
        QTest::addRow("%s-full-long", key) << page << true << false << true << 1.0;
        QTest::addRow("%s-full-dark-200", key) << page << true << true << false << 2.0;
    }
}

void TestScreenshots::page_fits()
{
    QFETCH(QString, key);
    QFETCH(bool, full);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QFETCH(double, scale);
    wear(dark, longTexts);
    if (full)
        m_scene->fill();
    openWindow(QSize(1280, 800));
    window().pages().showPage(key);
    QVERIFY(settle());
    if (auto *table = listOf(*window().findChild<QWidget *>(key)); table && full && table->isVisible()) {
        table->selectRow(3);
        table->setFocus();
    }
    look(window(), tag(), scale);
}

void TestScreenshots::smallWindow_fits_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QPalette>("colours");
    QTest::addColumn<double>("scale");
    QTest::addColumn<bool>("longNames");
    QTest::addColumn<bool>("full");
    for (const char *key : {"overview", "sessions", "users", "limits", "keys", "mail", "providers"}) {
        const QString page = QString::fromLatin1(key);
        QTest::addRow("%s-small-light", key) << page << palette(false) << 1.0 << false << true;
        QTest::addRow("%s-small-dark-200", key) << page << palette(true) << 2.0 << false << true;
        QTest::addRow("%s-small-contrast", key) << page << highContrast() << 1.0 << false << true;
        QTest::addRow("%s-small-odd-names", key) << page << palette(false) << 1.0 << true << true;
    }
    QTest::addRow("overview-small-first-steps") << u"overview"_s << palette(false) << 1.0 << false << false;
}

void TestScreenshots::smallWindow_fits()
{
    QFETCH(QString, key);
    QFETCH(QPalette, colours);
    QFETCH(double, scale);
    QFETCH(bool, longNames);
    QFETCH(bool, full);
    QApplication::setPalette(colours); // until cleanup()
    if (full)
        m_scene->fill();
    if (longNames)
        giveOddNames();
    openWindowAt(key, QSize(960, 690));
    if (auto *table = listOf(*window().findChild<QWidget *>(key)); table && table->isVisible()) {
        table->selectRow(1);
        table->setFocus();
    }
    QVERIFY(settle());
    QCOMPARE(window().size(), QSize(960, 690));
    look(window(), tag(), scale);
}

void TestScreenshots::otherStyle_isRead_data()
{
    QTest::addColumn<QString>("key");
    for (const char *key : {"overview", "sessions", "users", "limits", "keys", "mail", "providers", "activity", "settings", "alarms"})
        QTest::addRow("%s-other-style", key) << QString::fromLatin1(key);
}

/// Desktops have others than ours in the pictures: the one that has least in common with it of those that Qt brings everywhere.
void TestScreenshots::otherStyle_isRead()
{
    QFETCH(QString, key);
    wearStyle(u"Windows"_s);
    m_scene->fill();
    m_scene->fillSettings();
    openWindow(QSize(1280, 800));
    window().pages().showPage(key);
    look(window());
    const QStringList unread = unreadableIn(window());
    QVERIFY2(unread.isEmpty(), qPrintable(unread.join(u'\n')));
}

int main(int argc, char *argv[]) { return takePictures<TestScreenshots>(argc, argv); }
#include "TestScreenshots.moc"
