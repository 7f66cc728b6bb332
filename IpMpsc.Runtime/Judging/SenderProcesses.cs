namespace IpMpsc.Judging;

/// <summary>Tells sender processes from sender slots: a process takes a slot for each sender that it uses at the same time.</summary>
internal static class SenderProcesses
{
    /// <summary>How many processes have a sender slot and are alive.</summary>
    public static int Count(ChannelInfo channel) =>
        channel.Senders.Where(static sender => sender.IsAttached).Select(static sender => sender.Participant.ProcessId).Distinct().Count();

    /// <summary>Processes and slots, apart: a process may use several slots.</summary>
    public static string InWords(ChannelInfo channel)
    {
        int processes = Count(channel);
        return $"{processes} {(processes == 1 ? "process" : "processes")} alive in {channel.Senders.Count(static sender => sender.IsAttached)} of {channel.MaxSenders} slots";
    }
}
