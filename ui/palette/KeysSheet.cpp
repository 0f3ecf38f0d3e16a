#include "ui/palette/KeysSheet.h"

#include "ui/palette/Commands.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Page.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

KeysSheet::KeysSheet(const QMenuBar &menus, const Page &page, QWidget *parent) : QDialog(parent), m_keys(new QTreeWidget(this))
{
    setObjectName(u"keys"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    //: Title of a dialog: which keys of the keyboard do something.
    setWindowTitle(tr("Keyboard"));
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(titleLabel(windowTitle(), this));
    //: Below the title of the list of keys: of tables and fields, which have no orders of their own for these.
    all->addWidget(
        quietLabel(tr("In a list the arrows walk, Space marks a row, and Shift or Ctrl with the arrows mark more or walk on."), this));
    m_keys->setAccessibleName(windowTitle());
    m_keys->setColumnCount(2);
    m_keys->setHeaderHidden(true);
    m_keys->setRootIsDecorated(false);
    m_keys->setIndentation(12);
    m_keys->setFrameShape(QFrame::NoFrame);
    keepReadable(m_keys);
    //: Title of the keys that do something on every page.
    addPart(tr("Everywhere"), Commands::ofMenus(menus), Of::Menus);
    addPart(page.title(), Commands::ofPage(page), Of::Page);
    m_keys->expandAll();
    m_keys->header()->setStretchLastSection(true);
    m_keys->resizeColumnToContents(0);
    m_keys->setColumnWidth(0, m_keys->columnWidth(0) + 24);
    m_keys->setCurrentItem(m_keys->topLevelItem(0));
    all->addWidget(m_keys, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    all->addWidget(buttons);
    resize(560, 520);
    m_keys->setFocus();
}

void KeysSheet::addPart(const QString &title, const QList<WindowCommand> &commands, Of of)
{
    auto *part = new QTreeWidgetItem(m_keys, QStringList {title});
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    part->setFont(0, bold);
    part->setFirstColumnSpanned(true);
    for (const WindowCommand &command : commands) {
        if (command.keys.isEmpty())
            continue;
        const QString name = Commands::inWords(command, of == Of::Menus ? command.where : title);
        new QTreeWidgetItem(part, QStringList {name, UiTexts::inOneLine(command.keys)});
    }
}

} // namespace warder
