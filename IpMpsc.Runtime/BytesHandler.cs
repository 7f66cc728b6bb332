namespace IpMpsc;

/// <summary>Handles raw bytes in place; they are released when the handler returns or throws.</summary>
/// <param name="message">The bytes of a message, for the time of the call.</param>
public delegate void BytesHandler(ReceivedBytes message);
