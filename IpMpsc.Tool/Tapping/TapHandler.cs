namespace IpMpsc.Tool.Tapping;

/// <summary>Handles a message that passed.</summary>
/// <param name="channel">Where.</param>
/// <param name="message">A copy of it.</param>
/// <param name="missed">Messages of that channel before it that could not be read.</param>
/// <returns>Whether to go on.</returns>
internal delegate bool TapHandler(TappedChannel channel, PeekedMessage message, long missed);
