#pragma once

#include "core/console/orders/Server.h"

#include <QWidget>

class QVBoxLayout;

namespace warder {

/// One of the first steps: a question, and the order that its answer gives. GUI thread.
class SetupStep : public QWidget
{
    Q_OBJECT
public:
    /// `text`: what it is about.
    SetupStep(const QString &title, const QString &text, QWidget *parent);

    QString title() const { return m_title; }
    /// As the server is now: somebody has done it, here or elsewhere.
    virtual bool isDone() const { return false; }
    /// The word for its order; empty: as it is answered now there is nothing to order.
    virtual QString action() const { return {}; }
    /// Gives the order; answered by taken(), by refused(), or in place.
    virtual void send() {}
    bool isSending() const { return m_isSending; }
    /// Where the keyboard goes when it comes up; null: nowhere.
    virtual QWidget *firstControl() { return nullptr; }
    virtual void presentSettings(const QList<SettingView> &) {}

Q_SIGNALS:
    /// Something that is asked above is another one now.
    void changed();
    void taken();
    /// A sentence; empty: it is said in place.
    void refused(const QString &why);

protected:
    QVBoxLayout *body() const { return m_body; }
    void setSending(bool isSending);

private:
    QString m_title;
    QVBoxLayout *m_body;
    bool m_isSending = false;
};

} // namespace warder
