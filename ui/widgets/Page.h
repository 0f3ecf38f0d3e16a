#pragma once

#include "ui/Desk.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace warder {

class InlineMessage;

/// What the frame asks of a page. A page takes a snapshot when it is first shown, on F5, and when the journal ran away from it;
/// between those it lives from the changes it is handed.
class Page : public QWidget
{
    Q_OBJECT
public:
    Page(const Desk &desk, const QString &title, const QString &subtitle, QWidget *parent);

    virtual void refresh() = 0;
    virtual void apply(const QList<Change> &) {}
    /// Ctrl+F.
    virtual void focusFilter() {}
    /// Columns and filters into the settings.
    virtual void remember() {}
    /// Where the keyboard goes when the page comes up.
    virtual QWidget *firstControl() { return this; }

    QString title() const;
    InlineMessage &notice() { return *m_notice; }

Q_SIGNALS:
    /// Asks the frame to go to a page by its key and to filter it.
    void goTo(const QString &pageKey, const QString &filter);

protected:
    /// Once a second while the page is in view.
    virtual void beat() {}

    /// At the right of the title, or the next one to the right.
    void addControl(QWidget *control);
    QVBoxLayout *body() const { return m_body; }
    const Desk &desk() const { return m_desk; }
    TimePoint now() const { return m_desk.clock.now(); }
    void showError(const Error &error);

    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    Desk m_desk;
    QLabel *m_title;
    QHBoxLayout *m_actions;
    InlineMessage *m_notice;
    QVBoxLayout *m_body;
    QTimer m_beat;
    bool m_shownBefore = false;
};

} // namespace warder
