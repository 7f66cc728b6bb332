namespace IpMpsc.Tool.CommandLine;

/// <summary>Takes part in channels under the tool's name.</summary>
internal static class Participation
{
    private const string ToolName = "ipmpsc";

    /// <summary>Becomes the receiver of a channel.</summary>
    public static RecordReceiver Receiver(string name, bool endWithSenders = false) =>
        RecordReceiver.Open(name, new IpcChannelOptions { ParticipantName = ToolName, EndWithSenders = endWithSenders });

    /// <summary>Becomes a sender to a channel.</summary>
    public static RecordSender Sender(string name) => RecordSender.Open(name, new IpcChannelOptions { ParticipantName = ToolName });

    /// <summary>
    /// Becomes a sender to a channel, which is created with this capacity if it does not exist; an existing one keeps its own.
    /// </summary>
    public static RecordSender SenderOf(string name, string schema, long capacity)
    {
        IpcChannelOptions options = IpcChannel.Exists(name)
            ? new() { ParticipantName = ToolName }
            : new() { ParticipantName = ToolName, Capacity = capacity };
        return RecordSender.OpenOrCreate(name, schema, options);
    }
}
