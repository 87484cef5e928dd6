namespace Krait.Upgrading;

/// <summary>Where a bound value comes from.</summary>
internal enum BindingSource
{
    Route,
    Query,
    Header,
}
