using IpMpsc;

/// <summary>How many words the text of a request has.</summary>
[ChannelMessage]
public partial record struct Reply(int Number, int Words);
