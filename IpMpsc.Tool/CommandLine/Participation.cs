namespace IpMpsc.Tool.CommandLine;

/// <summary>Takes part in channels under the tool's name.</summary>
internal static class Participation
{
    private const string ToolName = "ipmpsc";

    /// <summary>Becomes the receiver of a channel.</summary>
    public static RecordReceiver Receiver(string name, bool endWithSenders = false) =>
        RecordReceiver.Open(name, Options() with { EndWithSenders = endWithSenders });

    /// <summary>Becomes a sender to a channel.</summary>
    public static RecordSender Sender(string name) => RecordSender.Open(name, Options());

    /// <summary>
    /// Becomes a sender to a channel, which is created with this capacity if it does not exist; an existing one keeps its own.
    /// </summary>
    /// <param name="name">The channel.</param>
    /// <param name="schema">What it carries.</param>
    /// <param name="capacity">Its size if it is created.</param>
    /// <param name="access">Who else may open it if it is created.</param>
    public static RecordSender SenderOf(string name, string schema, long capacity, ChannelSharing access) => RecordSender.OpenOrCreate(
        name, schema, IpcChannel.Exists(name) ? Options() : Options() with { Capacity = capacity, Access = access });

    /// <summary>Becomes a sender to a channel that exists, and adds traces to its messages.</summary>
    public static RecordSender TracingSender(string path) => RecordSender.Open(path, Options() with { TraceMessages = true });

    private static IpcChannelOptions Options() => new() { ParticipantName = ToolName, TrustedOwners = Trust.Owners };
}
