using System.Runtime.Versioning;

// The test runner uses these, too. A test that needs a particular system has a Platform attribute with the reason.
[assembly: SupportedOSPlatform("linux")]
[assembly: SupportedOSPlatform("windows")]
