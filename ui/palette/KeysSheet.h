#pragma once

#include <QDialog>

class QMenuBar;
class QTreeWidget;

namespace warder {

class Page;
struct WindowCommand;

/// All keys that do something: of the window, and of the page in view. Made from the registered actions, so that it is never out of date.
/// GUI thread.
class KeysSheet final : public QDialog
{
    Q_OBJECT
public:
    KeysSheet(const QMenuBar &menus, const Page &page, QWidget *parent);

private:
    enum class Of { Menus, Page };
    void addPart(const QString &title, const QList<WindowCommand> &commands, Of of);

    QTreeWidget *m_keys;
};

} // namespace warder
