using IpMpsc;

namespace Exploring.Messages;

/// <summary>Both on one channel.</summary>
[ChannelProtocol(typeof(Ping), typeof(Pong))]
internal static partial class Table;
