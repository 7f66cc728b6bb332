namespace IpMpsc.Tool.Messages;

/// <summary>Deals with a message while it is still in the ring.</summary>
internal delegate Handled RecordHandler(in ReceivedRecord record);
