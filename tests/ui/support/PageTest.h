#pragma once

#include "core/base/Clock.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/widgets/DataTable.h"

#include <QPushButton>
#include <QTest>

#include <algorithm>

namespace warder::test {

/// A test of one page alone, with real keys, against a console in memory that is full for each function.
class PageTest : public QObject
{
    Q_OBJECT
protected Q_SLOTS:
    void init()
    {
        m_scene = std::make_unique<Scene>();
        m_scene->fill();
    }

protected:
    static DataTable *tableOf(const QWidget &page, const QString &name)
    {
        return firstOf<DataTable>(page, [&name](const DataTable *table) { return table->accessibleName() == name; });
    }
    /// Its text begins so, whatever its mnemonic.
    static QPushButton *button(const QWidget &page, const QString &text)
    {
        return firstOf<QPushButton>(page, [&text](const QPushButton *each) { return QString(each->text()).remove(u'&').startsWith(text); });
    }

    /// Presses Enter in the question that the page asks.
    static void agree(const QWidget &page)
    {
        const auto yes = [&page] {
            const auto all = page.findChildren<QPushButton *>(QStringLiteral("confirmed"));
            const auto found = std::ranges::find_if(all, &QPushButton::isVisible); // one that was answered may still be on its way out
            return found == all.end() ? nullptr : *found;
        };
        QTRY_VERIFY(yes());
        QWidget *question = yes()->window();
        QVERIFY(comesInFront(question));
        QTest::keyClick(question, Qt::Key_Return);
    }

    std::unique_ptr<Scene> m_scene;

private:
    template <typename T>
    static T *firstOf(const QWidget &page, const auto &fits)
    {
        const auto all = page.findChildren<T *>();
        const auto found = std::ranges::find_if(all, fits);
        return found == all.end() ? nullptr : *found;
    }
};

} // namespace warder::test
