#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace warder {

class DataTable;
class Panel;

/// A list about the one user who is selected, beside the list of users: its table, or a sentence in its place, what the table leaves out,
/// and an order about it. Given the keyboard, it goes to the table or the sentence. To be derived from by who fills the table. GUI thread.
class SideList : public QWidget
{
    Q_OBJECT
public:
    DataTable &table() const { return *m_table; }
    /// Below the list.
    QPushButton &button() const { return *m_button; }
    /// What Tab comes to, in that order.
    QList<QWidget *> tabStops() const;

Q_SIGNALS:
    /// Somebody wants to see all of it, on the page that has it.
    void allWanted();

protected:
    /// `name` is for screen readers and file names, `key` for the settings. `button`: what it says and does is the derived class's.
    SideList(const QString &name, const QString &key, QPushButton *button, QWidget *parent);

    /// `note`: stands there while there are no rows; `rest`: what is not listed, or nothing.
    void presentRows(const QString &note, const QString &rest);

private:
    Panel *m_panel;
    DataTable *m_table;
    QLabel *m_note;
    QLabel *m_rest;
    QPushButton *m_button;
};

} // namespace warder
