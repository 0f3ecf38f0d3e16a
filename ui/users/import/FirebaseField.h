#pragma once

#include "core/imports/FirebaseParameters.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace warder {

/// Asks for the hash parameters of a project of Firebase, as text that was copied from its console. What is wrong stands below. GUI thread.
class FirebaseField final : public QWidget
{
    Q_OBJECT
public:
    explicit FirebaseField(QWidget *parent);

Q_SIGNALS:
    void given(const warder::FirebaseParameters &parameters);

private:
    void take();

    QPlainTextEdit *m_text;
    QLabel *m_fault;
};

} // namespace warder
