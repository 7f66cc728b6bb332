namespace IpMpsc.Tool.CommandLine;

/// <summary>Takes part in channels under the tool's name.</summary>
internal static class Participation
{
    private const string ToolName = "ipmpsc";

    public static RecordReceiver Receiver(string name, bool endWithSenders = false) =>
        RecordReceiver.Open(name, new ChannelOptions { ParticipantName = ToolName, EndWithSenders = endWithSenders });

    public static RecordSender Sender(string name) => RecordSender.Open(name, new ChannelOptions { ParticipantName = ToolName });

    public static RecordSender SenderOf(string name, string schema, long capacity) =>
        Channel.Exists(name)
            ? RecordSender.OpenOrCreate(name, schema, new ChannelOptions { ParticipantName = ToolName })
            : RecordSender.OpenOrCreate(name, schema, new ChannelOptions { ParticipantName = ToolName, Capacity = capacity });
}
