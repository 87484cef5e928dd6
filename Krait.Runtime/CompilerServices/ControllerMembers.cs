using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>The exceptions of the generated members of a controller.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ControllerMembers
{
    /// <summary>The exception for a constructor that uses the connection or the messages.</summary>
    public static InvalidOperationException NoConnectionYet() =>
        new("There is no connection yet: the controller is constructed before the upgrade. "
            + "Use the connection in [OnOpen] or later.");

    /// <summary>The exception for a controller that the generator refused, if the build ran without Krait's analyzers.</summary>
    /// <param name="sentence">The message of the analyzer.</param>
    public static InvalidOperationException Refused(string sentence) => new(sentence);
}
