namespace IpMpsc.Platform;

/// <summary>
/// Selects how waits sleep. All participants of a channel need the same back end: a waker that only lowers the word
/// does not reach a sleeper that waits in a system call.
/// </summary>
/// <remarks>
/// The environment variable <c>IPMPSC_WAIT</c> set to <c>polling</c> selects the back end for unknown systems, for
/// tests and for a kernel that misbehaves. <c>grouped-polling</c> keeps the system's own single word but polls groups
/// of words, as on a kernel without a call for them.
/// </remarks>
internal static class WaitBackEnd
{
    private static readonly string s_choice = Environment.GetEnvironmentVariable("IPMPSC_WAIT") ?? "";

    /// <summary>Whether waits poll a word instead of sleeping on it.</summary>
    public static bool PollsWords { get; set; } = s_choice == "polling";

    /// <summary>Whether a thread that waits for many words polls them.</summary>
    public static bool PollsGroups { get => field || PollsWords; set; } = s_choice == "grouped-polling";
}
