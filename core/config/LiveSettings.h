#pragma once

#include "core/config/Settings.h"

#include <mutex>

namespace warder {

/// The settings in force; a reload replaces them. Every method from any thread.
class LiveSettings final
{
public:
    explicit LiveSettings(Settings settings) : m_settings(std::move(settings)) {}

    Settings get() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_settings;
    }

    void replace(Settings settings)
    {
        const std::scoped_lock lock(m_mutex);
        m_settings = std::move(settings);
    }

private:
    mutable std::mutex m_mutex;
    Settings m_settings;
};

} // namespace warder
