#pragma warning disable IDE0130
namespace IpMpsc.Telemetry
{
    /// <summary>Measures nothing, since the meter is not part of the protocol.</summary>
    internal static class ChannelMeter
    {
        public static bool MeasuresTimeInRing => false;

        public static void MeasureTimeInRing(string channel, TimeSpan time)
        {
        }

        public static void Add(IMetered metered)
        {
        }

        public static void Remove(IMetered metered)
        {
        }
    }
}

namespace IpMpsc.Judging
{
    /// <summary>Judges nothing, since the meter is not part of the protocol.</summary>
    internal static class VerdictMeter
    {
        public static void Add(string path, IReadOnlyList<ChannelOwner>? owners)
        {
        }
    }
}

namespace IpMpsc.Opening
{
    /// <summary>Prepares nothing, since there is no meter.</summary>
    internal static class Preparation
    {
        public static void Begin()
        {
        }
    }
}

namespace IpMpsc.Platform
{
    /// <summary>Gives the next step of the thread its name in the protocol.</summary>
    internal static class CrashPoint
    {
        public static void Before(string step)
        {
            if (Exploring.Engine.VirtualThread.Current is { } thread)
            {
                thread.StepName = step;
            }
        }
    }
}
