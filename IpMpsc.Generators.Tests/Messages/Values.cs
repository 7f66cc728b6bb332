using System.Net;
using System.Numerics;

namespace IpMpsc.Generators.Tests.Messages;

/// <summary>Every value that is not a number, an enum or a text.</summary>
[ChannelMessage]
public partial struct Values
{
    public Moments Inner;
    public Moments? Maybe;
    public Complex Complex;
    public Vector2 Vector2;
    public Vector3 Vector3;
    public Vector4 Vector4;
    public Quaternion Quaternion;
    public Plane Plane;
    public Matrix3x2 Small;
    public Matrix4x4 Large;
    public BigInteger Big;
    public BigInteger? MaybeBig;
    public IPAddress Address { get; set; }
    public IPAddress? MaybeAddress;
    public Uri Uri;
    public Uri? MaybeUri;
    public Version Version;
    public Version? MaybeVersion;
    public (int Number, string Text, DateTime? When) Tuple;
    public KeyValuePair<string, int> Entry;
    public Note? MaybeNote;
    public (string A, string? B)? MaybeTuple;
}
