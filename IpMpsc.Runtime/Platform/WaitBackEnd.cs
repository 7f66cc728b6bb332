namespace IpMpsc.Platform;

/// <summary>
/// Which way of sleeping is used. All participants of a channel need the same one: a waker that knows
/// no system call would leave a sleeper that waits in one until the end of its slice.
/// </summary>
/// <remarks>
/// The environment variable <c>IPMPSC_WAIT</c> set to <c>polling</c> lets every test, and whoever meets
/// a kernel that misbehaves, run on the back end for unknown systems; <c>grouped-polling</c> keeps the
/// system's own word, but polls many of them as a kernel without a call for that makes us do.
/// </remarks>
internal static class WaitBackEnd
{
    private static readonly string s_choice = Environment.GetEnvironmentVariable("IPMPSC_WAIT") ?? "";

    /// <summary>Whether words are polled instead of slept on.</summary>
    public static bool PollsWords { get; set; } = s_choice == "polling";

    /// <summary>Whether a thread that waits for many words polls them.</summary>
    public static bool PollsGroups { get => field || PollsWords; set; } = s_choice == "grouped-polling";
}
