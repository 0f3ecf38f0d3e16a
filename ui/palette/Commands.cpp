#include "ui/palette/Commands.h"

#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/Panel.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct CommandTexts
{
    Q_DECLARE_TR_FUNCTIONS(warder::CommandTexts)
};

/// Without the mark of a mnemonic.
QString plainWords(const QString &text)
{
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'&' && i + 1 < text.size())
            ++i; // "&&" stands for one
        plain += text[i];
    }
    return plain.simplified();
}

QStringList keysOf(const QAction &action)
{
    QStringList keys;
    for (const QKeySequence &each : action.shortcuts())
        keys += each.toString(QKeySequence::NativeText);
    const auto *ofButton = qobject_cast<const ButtonAction *>(&action);
    const QKeySequence mnemonic = ofButton ? QKeySequence::mnemonic(ofButton->button().text()) : QKeySequence();
    if (!mnemonic.isEmpty())
        keys += mnemonic.toString(QKeySequence::NativeText);
    return keys;
}

WindowCommand commandOf(QAction &action, const QString &where)
{
    const QString name = plainWords(action.text());
    const QString tip = action.toolTip();
    return {.name = name,
            .where = where,
            .keys = keysOf(action),
            .more = tip == name ? QString() : tip,
            .isPage = action.data().toInt() == Commands::pageMark,
            .isPossible = action.isEnabled() && action.isVisible(),
            .action = &action};
}

void addMenu(const QMenu &menu, const QString &where, QList<WindowCommand> &commands)
{
    for (QAction *action : menu.actions()) {
        if (action->isSeparator() || !action->isVisible())
            continue;
        if (const QMenu *more = action->menu())
            addMenu(*more, where, commands);
        else if (!action->text().isEmpty())
            commands += commandOf(*action, where);
    }
}

/// The title of the part of the page that a widget stands in, or else the page's.
QString placeOf(const QWidget &widget, const Page &page)
{
    if (qobject_cast<const QAbstractItemView *>(&widget) && !widget.accessibleName().isEmpty())
        return widget.accessibleName();
    for (const QWidget *above = &widget; above && above != &page; above = above->parentWidget()) {
        const auto *panel = qobject_cast<const Panel *>(above);
        if (panel && !panel->title().isEmpty())
            return panel->title();
    }
    return page.title();
}

bool isInScrolledForm(const QWidget &widget, const Page &page)
{
    for (const QWidget *above = widget.parentWidget(); above && above != &page; above = above->parentWidget()) {
        if (qobject_cast<const QScrollArea *>(above))
            return true;
    }
    return false;
}

/// Has an order of the page, and not one of its own inside.
bool isOrder(const QWidget &widget, const Page &page)
{
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    return (qobject_cast<const QPushButton *>(button) || qobject_cast<const QCheckBox *>(button)) && !button->text().isEmpty()
           && !isInScrolledForm(widget, page);
}

void addWidget(QWidget &widget, const Page &page, QList<WindowCommand> &commands)
{
    if (isOrder(widget, page))
        ButtonAction::of(static_cast<QAbstractButton &>(widget))->follow();
    else if (qobject_cast<QLineEdit *>(&widget) || qobject_cast<QAbstractButton *>(&widget))
        return;
    for (QAction *action : widget.actions()) {
        if (action->isSeparator() || action->menu() || action->text().isEmpty())
            continue;
        const auto isKnown = [action](const WindowCommand &each) { return each.action == action; };
        if (std::ranges::none_of(commands, isKnown))
            commands += commandOf(*action, placeOf(widget, page));
    }
}

/// A table has the same export as its page, if it is the only one, and the order of a button by a key of its own.
void addOnce(const WindowCommand &command, QList<WindowCommand> &commands)
{
    const auto before = std::ranges::find_if(
        commands, [&command](const WindowCommand &each) { return each.name == command.name && each.where == command.where; });
    if (before == commands.end())
        commands += command;
    else
        before->keys += command.keys;
}

} // namespace

QList<WindowCommand> Commands::ofMenus(const QMenuBar &bar)
{
    QList<WindowCommand> commands;
    for (const QAction *action : bar.actions()) {
        if (const QMenu *menu = action->menu())
            addMenu(*menu, plainWords(action->text()), commands);
    }
    return commands;
}

QList<WindowCommand> Commands::ofPage(const Page &page)
{
    QList<WindowCommand> all;
    for (QAction *action : page.actions())
        all += commandOf(*action, page.title());
    for (QWidget *widget : page.findChildren<QWidget *>()) {
        if (widget->window() == page.window() && widget->isVisibleTo(&page))
            addWidget(*widget, page, all);
    }
    QList<WindowCommand> once;
    for (const WindowCommand &command : std::as_const(all))
        addOnce(command, once);
    return once;
}

QString Commands::inWords(const WindowCommand &command, const QString &place)
{
    if (command.where.isEmpty() || command.where == place)
        return command.name;
    //: Something that can be done (%1) and the part of the window that it belongs to (%2): "Remove… (Networks)".
    return CommandTexts::tr("%1 (%2)").arg(command.name, command.where);
}

} // namespace warder
