namespace IpMpsc.Tool.Messages;

/// <summary>Handles a message while it is still in the ring.</summary>
internal delegate Handled RecordHandler(in ReceivedRecord record);
