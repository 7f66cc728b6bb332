namespace IpMpsc;

/// <summary>
/// Sends a <see cref="string"/> as UTF-16 instead of UTF-8: the view then shows its characters in
/// place, and neither side converts anything. It takes up to twice the room.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class Utf16Attribute : Attribute;
